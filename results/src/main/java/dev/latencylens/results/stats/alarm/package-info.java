/**
 * The seeded simulation that measures how often the verdicts' tests are wrong. It makes its own
 * data; it sees no run and no file.
 */
@NullMarked
package dev.latencylens.results.stats.alarm;

import org.jspecify.annotations.NullMarked;
