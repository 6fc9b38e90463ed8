/**
 * Compares cells: by the comparisons that a run was planned for, with verdicts; by any dimension,
 * for exploration; and two runs of different sessions, side by side. Reads run directories and
 * sends nothing.
 */
@NullMarked
package dev.latencylens.results.compare;

import org.jspecify.annotations.NullMarked;
