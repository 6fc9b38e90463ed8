/**
 * Deadlines, rate limits and the pauses that services ask for. Nothing here may sleep on an I/O
 * thread, and nothing here sends a request.
 */
@NullMarked
package dev.latencylens.harness.limit;

import org.jspecify.annotations.NullMarked;
