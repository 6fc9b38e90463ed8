package dev.latencylens.harness.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** One load: the section {@code load}, or an entry of it. */
final class LoadSchema {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private static final Key<Load, ArrivalsSchema.Law> ARRIVALS =
      Key.withDefault(
          "arrivals",
          Types.oneOf(ArrivalsSchema.Law.class),
          ArrivalsSchema.Law.CLOSED,
          ArrivalsSchema::law,
          "When streams start: closed, each as an earlier one ends; or, whatever became of those"
              + " before, at equal gaps (constant), as independent users come (poisson, gamma), at a"
              + " rate that changes (ramp, steps), or as recorded (trace).");

  private static final Key<Load, Long> STREAMS =
      Key.optional(
          "streams",
          Types.whole(1, Load.MOST_STREAMS),
          "100 in a closed loop; else as many as the duration yields",
          load ->
              load instanceof Load.Closed closed
                  ? Optional.of((long) closed.streams())
                  : ((Load.Open) load).extent().starts().stream().mapToObj(n -> (long) n).findAny(),
          "How many streams each round of each cell asks for.");

  private static final Key<Load, Long> CONCURRENCY =
      Key.optional(
          "concurrency",
          Types.whole(1, Load.MOST_CONCURRENT),
          "10, or streams where that is fewer",
          load -> closed(load).map(closed -> (long) closed.concurrency()),
          "Of a closed loop: how many of them are in flight at a time.");

  private static final Key<Load, Load.Users> USERS =
      Key.optional(
          "users",
          Types.oneOf(Load.Users.class),
          "threads up to a concurrency of " + Load.MOST_THREADS_UNASKED + ", tasks beyond",
          load -> closed(load).map(Load.Closed::users),
          "Of a closed loop: whether each user is a thread of JMH, or a task of one thread.");

  private static final Key<Load, Duration> DURATION =
      Key.optional(
          "duration",
          Types.duration(SHORTEST, Extent.LONGEST),
          "as long as the streams, the steps or the trace take",
          load -> open(load).flatMap(open -> open.extent().duration()),
          "Of an open loop: how long streams are started.");

  private static final Key<Load, Long> MAX_IN_FLIGHT =
      Key.optional(
          "max_in_flight",
          Types.whole(1, Load.MOST_IN_FLIGHT),
          Integer.toString(Load.DEFAULT_IN_FLIGHT),
          load -> open(load).map(open -> (long) open.mostInFlight()),
          "Of an open loop: the ceiling of streams in flight; what waits for a place is counted.");

  static final Section<Load> SECTION =
      new Section<>(
          List.of(
              ARRIVALS,
              STREAMS,
              CONCURRENCY,
              USERS,
              ArrivalsSchema.RATE,
              ArrivalsSchema.TO_RATE,
              ArrivalsSchema.BURSTINESS,
              ArrivalsSchema.STEPS,
              ArrivalsSchema.TRACE,
              DURATION,
              MAX_IN_FLIGHT),
          LoadSchema::build);

  private LoadSchema() {}

  private static Optional<Load> build(final Values values) {
    final ArrivalsSchema.Law law = values.get(ARRIVALS);
    boolean fits = true;
    final String word = law.name().toLowerCase(Locale.ROOT);
    for (final Key<Load, ?> key : SECTION.keys()) {
      final boolean needed = ArrivalsSchema.keys(law).contains(key);
      if (values.isGiven(key) && !needed && !common(law).contains(key)) {
        values.problem(key, key.name() + " has no effect with arrivals: " + word);
        fits = false;
      } else if (needed && !values.isGiven(key)) {
        values.problem(ARRIVALS, "arrivals: " + word + " needs the key \"" + key.name() + "\"");
        fits = false;
      }
    }
    if (!fits) {
      return Optional.empty();
    }
    return law == ArrivalsSchema.Law.CLOSED ? closed(values) : open(law, values);
  }

  /** What a closed loop takes, or every open one. */
  private static Set<Key<Load, ?>> common(final ArrivalsSchema.Law law) {
    return law == ArrivalsSchema.Law.CLOSED
        ? Set.of(ARRIVALS, STREAMS, CONCURRENCY, USERS)
        : Set.of(ARRIVALS, STREAMS, DURATION, MAX_IN_FLIGHT);
  }

  private static Optional<Load> closed(final Values values) {
    final int streams =
        values.find(STREAMS).map(Math::toIntExact).orElse(Load.Closed.DEFAULT.streams());
    final int concurrency =
        values
            .find(CONCURRENCY)
            .map(Math::toIntExact)
            .orElse(Math.min(streams, Load.Closed.DEFAULT.mostInFlight()));
    if (concurrency > streams) {
      values.problem(CONCURRENCY, "concurrency must not be above streams, which is " + streams);
      return Optional.empty();
    }
    return Optional.of(
        values
            .find(USERS)
            .map(users -> new Load.Closed(streams, concurrency, users))
            .orElseGet(() -> Load.Closed.of(streams, concurrency)));
  }

  private static Optional<Load> open(final ArrivalsSchema.Law law, final Values values) {
    final boolean endless = law != ArrivalsSchema.Law.STEPS && law != ArrivalsSchema.Law.TRACE;
    if (endless && values.find(DURATION).isEmpty() && values.find(STREAMS).isEmpty()) {
      values.problem(ARRIVALS, "arrivals of this kind never end: give a duration, or streams");
      return Optional.empty();
    }
    final Extent extent =
        new Extent(
            values
                .find(STREAMS)
                .map(count -> OptionalInt.of(Math.toIntExact(count)))
                .orElseGet(OptionalInt::empty),
            values.find(DURATION));
    try {
      return Optional.of(
          new Load.Open(
              ArrivalsSchema.arrivals(law, values),
              extent,
              values.find(MAX_IN_FLIGHT).map(Math::toIntExact).orElse(Load.DEFAULT_IN_FLIGHT)));
    } catch (final IllegalArgumentException outOfRange) {
      values.problem(
          values.isGiven(ArrivalsSchema.RATE) ? ArrivalsSchema.RATE : ARRIVALS,
          String.valueOf(outOfRange.getMessage()));
      return Optional.empty();
    }
  }

  private static Optional<Load.Closed> closed(final Load load) {
    return Optional.of(load).filter(Load.Closed.class::isInstance).map(Load.Closed.class::cast);
  }

  static Optional<Load.Open> open(final Load load) {
    return Optional.of(load).filter(Load.Open.class::isInstance).map(Load.Open.class::cast);
  }
}
