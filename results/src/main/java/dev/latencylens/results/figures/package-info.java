/**
 * A run's figures in forms for other programs: {@code metrics.csv}, {@code results.json} and
 * OpenMetrics. It renders what the tables' summary holds, and neither computes nor writes files.
 */
@NullMarked
package dev.latencylens.results.figures;

import org.jspecify.annotations.NullMarked;
