package dev.latencylens.harness.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One load: the section {@code load}, or an entry of it. */
final class LoadSchema {
  /** The words of {@code arrivals}. */
  private enum Law {
    CLOSED,
    CONSTANT,
    POISSON,
    GAMMA,
    RAMP,
    STEPS,
    TRACE
  }

  private static final int MOST_STEPS = 1_000;
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private static final Key<Load, Law> ARRIVALS =
      Key.withDefault(
          "arrivals",
          Types.oneOf(Law.class),
          Law.CLOSED,
          LoadSchema::law,
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

  static final Key<Load, Double> RATE =
      Key.optional(
          "rate",
          rateType(Arrivals.SLOWEST),
          "none",
          load -> open(load).flatMap(LoadSchema::rate),
          "Starts per second; that of a ramp's start. A list makes a load of each.");

  private static final Key<Load, Double> TO_RATE =
      Key.optional(
          "to_rate",
          rateType(0),
          "none",
          load -> open(load).flatMap(of(Arrivals.Ramp.class, Arrivals.Ramp::toPerSecond)),
          "Of a ramp: starts per second at its end.");

  private static final Key<Load, Double> BURSTINESS =
      Key.optional(
          "burstiness",
          Types.decimal(Arrivals.Gamma.BURSTIEST, Arrivals.Gamma.LEAST_BURSTY),
          "none",
          load -> open(load).flatMap(of(Arrivals.Gamma.class, Arrivals.Gamma::burstiness)),
          "Of gamma: the shape of the gaps; 1 is poisson, less comes in bursts, more is more even.");

  private static final Key<Arrivals.Step, Double> STEP_RATE =
      Key.required(
          "rate",
          rateType(0),
          Arrivals.Step::perSecond,
          "Starts per second while it lasts; 0 is a pause.");

  private static final Key<Arrivals.Step, Duration> STEP_DURATION =
      Key.required(
          "duration",
          Types.duration(SHORTEST, Extent.LONGEST),
          Arrivals.Step::duration,
          "How long it lasts.");

  private static final Key<Load, List<Arrivals.Step>> STEPS =
      Key.optional(
          "steps",
          new ListType<>(
              new Section<>(List.of(STEP_RATE, STEP_DURATION), LoadSchema::step), MOST_STEPS),
          "none",
          load -> open(load).flatMap(of(Arrivals.Steps.class, Arrivals.Steps::steps)),
          "Of steps: constant rates one after another.");

  private static final Key<Load, Path> TRACE =
      Key.optional(
          "trace",
          new ScalarType<>(
              "the path of a trace: .csv, or .jsonl with a JSON object a line",
              Set.of(Tag.STR),
              (text, reading) -> {
                final Path file = FilePaths.resolve(text, reading.directory());
                if (!Files.isReadable(file)) {
                  throw new IllegalArgumentException("can't be read: " + Shown.text(text));
                }
                return Optional.of(file);
              },
              path -> String.valueOf(path.getFileName())),
          "none",
          load -> open(load).flatMap(of(Arrivals.Trace.class, Arrivals.Trace::file)),
          "Of trace: the file with offsets, input and output lengths.");

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
              RATE,
              TO_RATE,
              BURSTINESS,
              STEPS,
              TRACE,
              DURATION,
              MAX_IN_FLIGHT),
          LoadSchema::build);

  private LoadSchema() {}

  private static ValueType<Double> rateType(final double least) {
    return Types.decimal(least, Arrivals.FASTEST);
  }

  private static Optional<Load> build(final Values values) {
    final Law law = values.get(ARRIVALS);
    boolean fits = true;
    for (final Key<Load, ?> key : SECTION.keys()) {
      final boolean taken = taken(law).contains(key);
      if (values.isGiven(key) && !taken) {
        values.problem(
            key,
            key.name() + " has no effect with arrivals: " + law.name().toLowerCase(Locale.ROOT));
        fits = false;
      } else if (!values.isGiven(key) && needed(law).contains(key)) {
        values.problem(
            ARRIVALS,
            "arrivals: "
                + law.name().toLowerCase(Locale.ROOT)
                + " needs the key \""
                + key.name()
                + "\"");
        fits = false;
      }
    }
    if (!fits) {
      return Optional.empty();
    }
    return law == Law.CLOSED ? closed(values) : open(law, values);
  }

  private static Set<Key<Load, ?>> taken(final Law law) {
    return switch (law) {
      case CLOSED -> Set.of(ARRIVALS, STREAMS, CONCURRENCY, USERS);
      case CONSTANT, POISSON -> Set.of(ARRIVALS, STREAMS, RATE, DURATION, MAX_IN_FLIGHT);
      case GAMMA -> Set.of(ARRIVALS, STREAMS, RATE, BURSTINESS, DURATION, MAX_IN_FLIGHT);
      case RAMP -> Set.of(ARRIVALS, STREAMS, RATE, TO_RATE, DURATION, MAX_IN_FLIGHT);
      case STEPS -> Set.of(ARRIVALS, STREAMS, STEPS, DURATION, MAX_IN_FLIGHT);
      case TRACE -> Set.of(ARRIVALS, STREAMS, TRACE, DURATION, MAX_IN_FLIGHT);
    };
  }

  private static Set<Key<Load, ?>> needed(final Law law) {
    return switch (law) {
      case CLOSED -> Set.of();
      case CONSTANT, POISSON -> Set.of(RATE);
      case GAMMA -> Set.of(RATE, BURSTINESS);
      case RAMP -> Set.of(RATE, TO_RATE);
      case STEPS -> Set.of(STEPS);
      case TRACE -> Set.of(TRACE);
    };
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

  private static Optional<Load> open(final Law law, final Values values) {
    final boolean endless = law != Law.STEPS && law != Law.TRACE;
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
              arrivals(law, values),
              extent,
              values.find(MAX_IN_FLIGHT).map(Math::toIntExact).orElse(Load.DEFAULT_IN_FLIGHT)));
    } catch (final IllegalArgumentException outOfRange) {
      values.problem(ARRIVALS, String.valueOf(outOfRange.getMessage()));
      return Optional.empty();
    }
  }

  private static Arrivals arrivals(final Law law, final Values values) {
    return switch (law) {
      case CONSTANT -> new Arrivals.Constant(values.get(RATE));
      case POISSON -> new Arrivals.Poisson(values.get(RATE));
      case GAMMA -> new Arrivals.Gamma(values.get(RATE), values.get(BURSTINESS));
      case RAMP -> new Arrivals.Ramp(values.get(RATE), values.get(TO_RATE));
      case STEPS -> new Arrivals.Steps(values.get(STEPS));
      case TRACE -> new Arrivals.Trace(values.get(TRACE));
      case CLOSED -> throw new IllegalStateException("a closed loop has no law");
    };
  }

  private static Optional<Arrivals.Step> step(final Values values) {
    try {
      return Optional.of(new Arrivals.Step(values.get(STEP_RATE), values.get(STEP_DURATION)));
    } catch (final IllegalArgumentException outOfRange) {
      values.problem(STEP_RATE, String.valueOf(outOfRange.getMessage()));
      return Optional.empty();
    }
  }

  private static Law law(final Load load) {
    return open(load)
        .map(
            open ->
                Arrays.stream(Law.values())
                    .filter(
                        law ->
                            law.name().equalsIgnoreCase(open.arrivals().getClass().getSimpleName()))
                    .findFirst()
                    .orElseThrow())
        .orElse(Law.CLOSED);
  }

  private static Optional<Double> rate(final Load.Open open) {
    final List<Optional<Double>> rates = new ArrayList<>();
    rates.add(of(Arrivals.Constant.class, Arrivals.Constant::perSecond).apply(open));
    rates.add(of(Arrivals.Poisson.class, Arrivals.Poisson::perSecond).apply(open));
    rates.add(of(Arrivals.Gamma.class, Arrivals.Gamma::perSecond).apply(open));
    rates.add(of(Arrivals.Ramp.class, Arrivals.Ramp::fromPerSecond).apply(open));
    return rates.stream().flatMap(Optional::stream).findFirst();
  }

  private static <A extends Arrivals, T> Function<Load.Open, Optional<T>> of(
      final Class<A> law, final Function<A, T> value) {
    return open -> Optional.of(open.arrivals()).filter(law::isInstance).map(law::cast).map(value);
  }

  private static Optional<Load.Closed> closed(final Load load) {
    return Optional.of(load).filter(Load.Closed.class::isInstance).map(Load.Closed.class::cast);
  }

  private static Optional<Load.Open> open(final Load load) {
    return Optional.of(load).filter(Load.Open.class::isInstance).map(Load.Open.class::cast);
  }
}
