package dev.latencylens.results.table;

import dev.latencylens.results.stats.Quantiles;
import dev.latencylens.results.stats.Readings;
import dev.latencylens.results.stats.Statistic;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalLong;

/** Gathers what one cell's streams cost, eight bytes a stream. */
final class CostReadings {
  /** Of a picodollar, in USD. */
  private static final int PICO_DECIMALS = 12;

  private final Readings each = new Readings();

  /** A long holds no more than nine million dollars, which a damaged file may exceed. */
  private BigDecimal totalPicoUsd = BigDecimal.ZERO;

  private long without;

  /** Adds a started stream. */
  void add(OptionalLong picoUsd) {
    if (picoUsd.isPresent()) {
      each.add((double) picoUsd.getAsLong());
      totalPicoUsd = totalPicoUsd.add(BigDecimal.valueOf(picoUsd.getAsLong()));
    } else {
      without++;
    }
  }

  /** Adds started streams whose costs aren't known. */
  void addWithout(long streams) {
    without += streams;
  }

  int known() {
    return each.count();
  }

  RowCost summedUp() {
    if (Quantiles.median(each, "no cost") instanceof Statistic.Value median) {
      return new RowCost(
          Optional.of(usd(totalPicoUsd)),
          Optional.of(usd(BigDecimal.valueOf(median.value()))),
          without);
    }
    return new RowCost(Optional.empty(), Optional.empty(), without);
  }

  private static BigDecimal usd(BigDecimal picoUsd) {
    return picoUsd.movePointLeft(PICO_DECIMALS).setScale(PICO_DECIMALS, RoundingMode.HALF_UP);
  }
}
