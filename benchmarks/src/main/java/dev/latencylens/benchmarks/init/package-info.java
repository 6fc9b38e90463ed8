/**
 * Writes a first configuration from a few answers. It never asks for a key, sends nothing, and
 * changes no file that is there.
 */
@NullMarked
package dev.latencylens.benchmarks.init;

import org.jspecify.annotations.NullMarked;
