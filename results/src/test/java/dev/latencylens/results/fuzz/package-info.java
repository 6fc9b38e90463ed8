/**
 * Fuzz tests of all that reads what stands in a run directory, which may come from anybody. Nothing
 * here states what the numbers mean: that is for the tests beside the code.
 */
@NullMarked
package dev.latencylens.results.fuzz;

import org.jspecify.annotations.NullMarked;
