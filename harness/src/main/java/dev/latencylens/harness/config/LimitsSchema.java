package dev.latencylens.harness.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The section {@code limits}. */
final class LimitsSchema {
  private static final Key<Limits, Double> REQUESTS_PER_SECOND =
      Key.optional(
          "requests_per_second",
          Types.decimal(Limits.SLOWEST, Limits.FASTEST),
          "no limit",
          LimitsSchema::rate,
          "How many requests may be released to a target in each second, on average.");

  private static final Key<Limits, Long> BURST =
      Key.optional(
          "burst",
          Types.whole(1, Limits.LARGEST_BURST),
          "a tenth of requests_per_second, rounded up",
          limits -> rate(limits).map(rate -> (long) limits.burst()),
          "How many requests may be released at once after a pause.");

  static final Section<Limits> SECTION =
      new Section<>(List.of(REQUESTS_PER_SECOND, BURST), LimitsSchema::build);

  private LimitsSchema() {}

  private static Optional<Double> rate(final Limits limits) {
    return limits.requestsPerSecond().stream().boxed().findFirst();
  }

  private static Optional<Limits> build(final Values values) {
    final Optional<Double> rate = values.find(REQUESTS_PER_SECOND);
    final Optional<Long> burst = values.find(BURST);
    if (rate.isEmpty()) {
      if (burst.isPresent()) {
        values.problem(BURST, "burst has no effect without requests_per_second");
        return Optional.empty();
      }
      return Optional.of(Limits.NONE);
    }
    return Optional.of(
        burst
            .map(size -> new Limits(OptionalDouble.of(rate.get()), Math.toIntExact(size)))
            .orElseGet(() -> Limits.perSecond(rate.get())));
  }
}
