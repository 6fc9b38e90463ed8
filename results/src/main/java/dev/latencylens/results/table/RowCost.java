package dev.latencylens.results.table;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What the streams of a row cost, in USD. Immutable.
 *
 * @param totalUsd the sum over all streams that have a cost, exactly; empty where none has one
 * @param perStreamP50Usd the median of one stream, to the picodollar; empty where none has a cost
 * @param streamsWithout how many started streams have no cost, as their model has no price, they
 *     failed, or their tokens were not counted
 */
public record RowCost(
    Optional<BigDecimal> totalUsd, Optional<BigDecimal> perStreamP50Usd, long streamsWithout) {}
