package dev.latencylens.harness.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The laws of an open loop: the keys of the section {@code load} that each of them needs. */
final class ArrivalsSchema {
  /** The words of {@code arrivals}. */
  enum Law {
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

  static final Key<Load, Double> RATE =
      Key.optional(
          "rate",
          rateType(0),
          "none",
          load -> LoadSchema.open(load).flatMap(ArrivalsSchema::rate),
          "Starts per second; that of a ramp's start. A list makes a load of each.");

  static final Key<Load, Double> TO_RATE =
      Key.optional(
          "to_rate",
          rateType(0),
          "none",
          load ->
              LoadSchema.open(load).flatMap(of(Arrivals.Ramp.class, Arrivals.Ramp::toPerSecond)),
          "Of a ramp: starts per second at its end.");

  static final Key<Load, Double> BURSTINESS =
      Key.optional(
          "burstiness",
          Types.decimal(Arrivals.Gamma.BURSTIEST, Arrivals.Gamma.LEAST_BURSTY),
          "none",
          load ->
              LoadSchema.open(load).flatMap(of(Arrivals.Gamma.class, Arrivals.Gamma::burstiness)),
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

  static final Key<Load, List<Arrivals.Step>> STEPS =
      Key.optional(
          "steps",
          new ListType<>(
              new Section<>(List.of(STEP_RATE, STEP_DURATION), ArrivalsSchema::step), MOST_STEPS),
          "none",
          load -> LoadSchema.open(load).flatMap(of(Arrivals.Steps.class, Arrivals.Steps::steps)),
          "Of steps: constant rates one after another.");

  static final Key<Load, Path> TRACE =
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
          load -> LoadSchema.open(load).flatMap(of(Arrivals.Trace.class, Arrivals.Trace::file)),
          "Of trace: the file with offsets, input and output lengths.");

  private ArrivalsSchema() {}

  /** The keys that a law has to itself: it needs them all. */
  static Set<Key<Load, ?>> keys(final Law law) {
    return switch (law) {
      case CLOSED -> Set.of();
      case CONSTANT, POISSON -> Set.of(RATE);
      case GAMMA -> Set.of(RATE, BURSTINESS);
      case RAMP -> Set.of(RATE, TO_RATE);
      case STEPS -> Set.of(STEPS);
      case TRACE -> Set.of(TRACE);
    };
  }

  private static ValueType<Double> rateType(final double least) {
    return Types.decimal(least, Arrivals.FASTEST);
  }

  static Arrivals arrivals(final Law law, final Values values) {
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

  static Law law(final Load load) {
    return LoadSchema.open(load)
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
}
