/**
 * What the client's error is held against: the least that Java can do with the same streams. The
 * floor shares no code with the harness, or it would share its mistakes; it is measured, and used
 * for nothing else.
 */
@NullMarked
package dev.latencylens.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
