/**
 * The streaming client's façade: everything a benchmark calls. It must not know a provider by name.
 */
@NullMarked
package dev.latencylens.harness;

import org.jspecify.annotations.NullMarked;
