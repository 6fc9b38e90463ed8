/**
 * Quantiles and how far they can be trusted: from numbers to numbers. It reads no files and renders
 * nothing.
 */
@NullMarked
package dev.latencylens.results.stats;

import org.jspecify.annotations.NullMarked;
