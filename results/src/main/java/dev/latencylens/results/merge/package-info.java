/**
 * Puts runs of one plan from several machines together to one run, in which the machine tells the
 * cells apart. Nothing is computed: histograms and streams stay as they are.
 */
@NullMarked
package dev.latencylens.results.merge;

import org.jspecify.annotations.NullMarked;
