/**
 * Takes keys out of all that this process prints and logs. Knows neither what is measured nor where
 * results go.
 */
@NullMarked
package dev.latencylens.benchmarks.redaction;

import org.jspecify.annotations.NullMarked;
