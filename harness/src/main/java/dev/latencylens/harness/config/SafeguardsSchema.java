package dev.latencylens.harness.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The sections {@code budget}, {@code stop_target} and {@code objectives}. */
final class SafeguardsSchema {
  private static final long MOST = 1_000_000_000_000L;

  private static final Key<Budget, Long> REQUESTS =
      Key.optional(
          "requests",
          Types.whole(1, MOST),
          "no bound",
          budget -> budget.requests().stream().boxed().findFirst(),
          "The most requests of the whole run, retries included.");

  private static final Key<Budget, Long> TOKENS =
      Key.optional(
          "tokens",
          Types.whole(1, MOST),
          "no bound",
          budget -> budget.tokens().stream().boxed().findFirst(),
          "The most tokens of the whole run, input and output together.");

  private static final Key<Budget, Double> USD =
      Key.optional(
          "usd",
          Types.decimal(0.000001, Budget.MOST_USD),
          "no bound",
          budget ->
              budget.picoUsd().stream()
                  .mapToObj(pico -> pico / (double) Budget.PICO_PER_USD)
                  .findFirst(),
          "The most money of the whole run, in US dollars. A target without a price is refused"
              + " with it.");

  static final Section<Budget> BUDGET =
      new Section<>(
          List.of(REQUESTS, TOKENS, USD),
          values ->
              Optional.of(
                  new Budget(
                      whole(values.find(REQUESTS)),
                      whole(values.find(TOKENS)),
                      whole(values.find(USD).map(SafeguardsSchema::pico)))));

  private static final Key<ErrorStop, Double> ERROR_SHARE =
      Key.withDefault(
          "error_share",
          Types.decimal(0, 1),
          ErrorStop.DEFAULT.share(),
          ErrorStop::share,
          "A target of whose streams a larger share failed is asked no more; 1 never ends one.");

  private static final Key<ErrorStop, Long> AFTER_STREAMS =
      Key.withDefault(
          "after_streams",
          Types.whole(1, ErrorStop.MOST_STREAMS),
          (long) ErrorStop.DEFAULT.streams(),
          stop -> (long) stop.streams(),
          "How many of its streams must have ended before the share counts.");

  static final Section<ErrorStop> ERROR_STOP =
      new Section<>(
          List.of(ERROR_SHARE, AFTER_STREAMS),
          values ->
              Optional.of(
                  new ErrorStop(
                      values.get(ERROR_SHARE), Math.toIntExact(values.get(AFTER_STREAMS)))));

  private static final Key<Objectives, Duration> TTFT =
      Key.optional(
          "ttft",
          Types.duration(Duration.ofMillis(1), Deadlines.LONGEST),
          "none",
          Objectives::ttft,
          "The longest time to first token of a good stream, from its intended start.");

  private static final Key<Objectives, Duration> TPOT =
      Key.optional(
          "tpot",
          Types.duration(Duration.ofMillis(1), Deadlines.LONGEST),
          "none",
          Objectives::tpot,
          "The longest time per output token of a good stream.");

  private static final Key<Objectives, Double> SHARE =
      Key.withDefault(
          "share",
          Types.decimal(0.01, 1),
          Objectives.DEFAULT_SHARE,
          Objectives::share,
          "The share of good streams that a rate must reach to count as met.");

  static final Section<Objectives> OBJECTIVES =
      new Section<>(List.of(TTFT, TPOT, SHARE), SafeguardsSchema::objectives);

  private SafeguardsSchema() {}

  private static Optional<Objectives> objectives(final Values values) {
    final Objectives objectives =
        new Objectives(values.find(TTFT), values.find(TPOT), values.get(SHARE));
    if (!objectives.stated()) {
      values.problem(SHARE, "objectives need a bound: ttft, tpot or both");
      return Optional.empty();
    }
    return Optional.of(objectives);
  }

  private static long pico(final double usd) {
    return BigDecimal.valueOf(usd).multiply(BigDecimal.valueOf(Budget.PICO_PER_USD)).longValue();
  }

  private static OptionalLong whole(final Optional<Long> value) {
    return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }
}
