/** Deadlines and rate limits. Nothing here may sleep on an I/O thread. */
@NullMarked
package dev.latencylens.harness.limit;

import org.jspecify.annotations.NullMarked;
