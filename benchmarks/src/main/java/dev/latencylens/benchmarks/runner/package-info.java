/**
 * What a person starts: plans the rounds, runs each in a fork of its own, and keeps the run
 * directory. It must not compute statistics.
 */
@NullMarked
package dev.latencylens.benchmarks.runner;

import org.jspecify.annotations.NullMarked;
