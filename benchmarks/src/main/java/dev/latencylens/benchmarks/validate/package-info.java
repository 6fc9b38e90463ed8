/**
 * The known-answer test of the whole client: streams whose true times are known, read by it and by
 * the floor in turn. It drives both and records what they read; {@code results} makes the table.
 */
@NullMarked
package dev.latencylens.benchmarks.validate;

import org.jspecify.annotations.NullMarked;
