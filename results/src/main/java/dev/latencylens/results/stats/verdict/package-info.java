/**
 * How "slower" is decided from paired blocks, and how large the errors of that decision are. Only
 * numbers go in and out; it reads no files, plans no runs and renders nothing.
 */
@NullMarked
package dev.latencylens.results.stats.verdict;

import org.jspecify.annotations.NullMarked;
