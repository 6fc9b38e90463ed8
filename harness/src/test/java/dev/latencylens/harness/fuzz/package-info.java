/**
 * Fuzz tests of all that reads what others wrote: framing, decoders, configurations, keys and
 * prompts. Nothing here states what a stream means: that is for the tests beside the code.
 */
@NullMarked
package dev.latencylens.harness.fuzz;

import org.jspecify.annotations.NullMarked;
