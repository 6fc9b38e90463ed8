/** Tests of the floor: what it is held against must itself be right. */
@NullMarked
package dev.latencylens.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
