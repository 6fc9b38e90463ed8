package dev.latencylens.harness.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** Limits of a target, a provider or the run; and the section {@code limits} with all of them. */
final class LimitsSchema {
  /** The keys that stand wherever limits do. */
  private record Common<R>(
      Key<R, Double> requestsPerSecond,
      Key<R, Long> burst,
      Key<R, Long> requestsPerMinute,
      Key<R, Long> tokensPerMinute,
      Key<R, Long> streamsInFlight) {

    static <R> Common<R> of(final Function<R, Limits> limits) {
      return new Common<>(
          Key.optional(
              "requests_per_second",
              Types.decimal(Limits.SLOWEST, Limits.FASTEST),
              "no limit",
              limits.andThen(LimitsSchema::rate),
              "How many requests may be released in each second, on average."),
          Key.optional(
              "burst",
              Types.whole(1, Limits.LARGEST_BURST),
              "a tenth of requests_per_second, rounded up",
              limits.andThen(own -> rate(own).map(rate -> (long) own.burst())),
              "How many requests may be released at once after a pause."),
          Key.optional(
              "requests_per_minute",
              Types.whole(1, Limits.MOST_REQUESTS_PER_MINUTE),
              "no limit",
              limits.andThen(own -> own.requestsPerMinute().stream().boxed().findFirst()),
              "The most requests that are released in any 60 seconds, spread over them."),
          Key.optional(
              "tokens_per_minute",
              Types.whole(1, Limits.MOST_TOKENS_PER_MINUTE),
              "no limit",
              limits.andThen(own -> own.tokensPerMinute().stream().boxed().findFirst()),
              "Tokens of prompts and answers in a minute: estimated at the release, with the"
                  + " longest answer allowed, and corrected by the usage that is reported."),
          Key.optional(
              "streams_in_flight",
              Types.whole(1, Integer.MAX_VALUE),
              "no limit",
              limits.andThen(
                  own -> own.streamsInFlight().stream().mapToObj(n -> (long) n).findFirst()),
              "The most streams that are released and not ended."));
    }

    List<Key<R, ?>> keys() {
      return List.of(requestsPerSecond, burst, requestsPerMinute, tokensPerMinute, streamsInFlight);
    }

    Optional<Limits> build(final Values values) {
      final Optional<Double> rate = values.find(requestsPerSecond);
      if (rate.isEmpty() && values.isGiven(burst)) {
        values.problem(burst, "burst has no effect without requests_per_second");
        return Optional.empty();
      }
      return Optional.of(
          new Limits(
              rate.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
              values
                  .find(burst)
                  .map(Math::toIntExact)
                  .orElseGet(() -> rate.map(Limits::defaultBurst).orElse(1)),
              whole(values.find(requestsPerMinute)),
              whole(values.find(tokensPerMinute)),
              values
                  .find(streamsInFlight)
                  .map(most -> OptionalInt.of(Math.toIntExact(most)))
                  .orElseGet(OptionalInt::empty)));
    }
  }

  private static final Common<Limits> OWN = Common.of(limits -> limits);

  /** The limits of one target, one provider, or the run. */
  static final Section<Limits> ONE = new Section<>(OWN.keys(), OWN::build);

  private static final Common<LimitSettings> EACH = Common.of(LimitSettings::eachTarget);

  private static final Key<LimitSettings, Map<String, Limits>> PROVIDERS =
      Key.optional(
          "providers",
          new ByProviderType<>("limits", ONE),
          "no limits",
          settings -> Optional.of(settings.providers()).filter(limits -> !limits.isEmpty()),
          "For each provider the limits that its targets share.");

  private static final Key<LimitSettings, Limits> RUN =
      Key.optional(
          "run",
          ONE,
          "no limits",
          settings -> Optional.of(settings.run()).filter(limits -> !limits.equals(Limits.NONE)),
          "The limits that all targets share.");

  static final Section<LimitSettings> SECTION = new Section<>(sectionKeys(), LimitsSchema::build);

  private LimitsSchema() {}

  private static List<Key<LimitSettings, ?>> sectionKeys() {
    final List<Key<LimitSettings, ?>> keys = new ArrayList<>(EACH.keys());
    keys.add(PROVIDERS);
    keys.add(RUN);
    return keys;
  }

  private static Optional<LimitSettings> build(final Values values) {
    return EACH.build(values)
        .map(
            each ->
                new LimitSettings(
                    each,
                    values.find(PROVIDERS).orElseGet(Map::of),
                    values.find(RUN).orElse(Limits.NONE)));
  }

  private static Optional<Double> rate(final Limits limits) {
    return limits.requestsPerSecond().stream().boxed().findFirst();
  }

  private static OptionalLong whole(final Optional<Long> value) {
    return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }
}
