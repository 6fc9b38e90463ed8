/**
 * The benchmarks that carry streams, and what one fork needs to run a round of them. No statistics
 * are computed here.
 */
@NullMarked
package dev.latencylens.benchmarks.streaming;

import org.jspecify.annotations.NullMarked;
