package dev.latencylens.results.compare;

import dev.latencylens.results.stats.QuantileInterval;
import dev.latencylens.results.stats.Statistic;

/**
 * A quantile over the streams of all blocks, as the tables of a run have it.
 *
 * @param value in nanoseconds, or why there is none
 * @param interval between order statistics; it holds where streams do not depend on each other, and
 *     says nothing of the spread between blocks
 */
public record PooledQuantile(Statistic value, QuantileInterval interval) {}
