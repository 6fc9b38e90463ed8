/**
 * What each request of a round says, as a pure function of seed, block and number. Nothing here
 * reads a file, a clock or a random source, and nothing here sends.
 */
@NullMarked
package dev.latencylens.harness.workload;

import org.jspecify.annotations.NullMarked;
