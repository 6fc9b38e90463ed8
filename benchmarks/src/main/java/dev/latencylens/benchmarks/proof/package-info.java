/**
 * Whole runs of the suite against a simulator of its own, and what they must have kept to: the load
 * that was asked for, the limits, and memory. It starts the suite as a user would and reads what
 * the run left; it measures nothing itself.
 */
@NullMarked
package dev.latencylens.benchmarks.proof;

import org.jspecify.annotations.NullMarked;
