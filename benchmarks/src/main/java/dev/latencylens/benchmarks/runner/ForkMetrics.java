package dev.latencylens.benchmarks.runner;

import dev.latencylens.benchmarks.profile.StreamProfiler;
import dev.latencylens.results.run.Account;
import dev.latencylens.results.run.InstrumentReading;
import dev.latencylens.results.run.LoadReading;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What a fork says of its round beside the times: the secondary results that {@link StreamProfiler}
 * adds, by their labels. Immutable.
 */
final class ForkMetrics {
  private static final String REFUSED = "refused_by_limit";

  private final Map<String, Double> scores;

  private ForkMetrics(final Map<String, Double> scores) {
    this.scores = Map.copyOf(scores);
  }

  /**
   * Reads a fork's result.
   *
   * @return empty where it has no stream metrics
   */
  // JMH declares the map with raw types.
  @SuppressWarnings("rawtypes")
  static Optional<ForkMetrics> of(final RunResult result) {
    final Map<String, Double> scores = new HashMap<>();
    for (final Map.Entry<String, Result> entry : result.getSecondaryResults().entrySet()) {
      scores.put(entry.getKey(), entry.getValue().getScore());
    }
    return scores.containsKey(StreamProfiler.STREAMS)
        ? Optional.of(new ForkMetrics(scores))
        : Optional.empty();
  }

  /** What became of the round's requests. */
  Account account() {
    final Map<String, Long> outcomes = new HashMap<>();
    under(StreamProfiler.OUTCOME)
        .forEach((outcome, count) -> outcomes.put(outcome, Math.round(count)));
    final long refused = outcomes.getOrDefault(REFUSED, 0L);
    return new Account(
        whole(StreamProfiler.PLANNED),
        whole(StreamProfiler.RETRIES),
        whole(StreamProfiler.STREAMS) - refused,
        refused,
        whole(StreamProfiler.NOT_STARTED),
        outcomes);
  }

  /** How the client fared, figures by name. */
  Map<String, Double> health() {
    return under(StreamProfiler.HEALTH);
  }

  /** Where the instrument's error comes from. */
  InstrumentReading instrument() {
    return under(StreamProfiler.INSTRUMENT_EVENTS).entrySet().stream()
        .filter(source -> source.getValue() > 0)
        .findFirst()
        .map(
            source ->
                new InstrumentReading(
                    InstrumentReading.Source.valueOf(source.getKey().toUpperCase(Locale.ROOT)),
                    Math.round(source.getValue())))
        .orElse(InstrumentReading.NONE);
  }

  /** Whether the load was met; empty for a closed loop. */
  Optional<LoadReading> load() {
    return scores.containsKey(StreamProfiler.LOAD + "offered")
        ? Optional.of(
            new LoadReading(
                whole(StreamProfiler.LOAD + "offered"),
                whole(StreamProfiler.LOAD + "started"),
                whole(StreamProfiler.LOAD + "within"),
                whole(StreamProfiler.LOAD + "waited"),
                whole(StreamProfiler.LOAD + "longest_queue"),
                scores.getOrDefault(StreamProfiler.LOAD + "window", 0.0)))
        : Optional.empty();
  }

  /** The scores whose labels begin with a prefix, by the rest of the label. */
  private Map<String, Double> under(final String prefix) {
    final Map<String, Double> found = new HashMap<>();
    scores.forEach(
        (label, score) -> {
          if (label.startsWith(prefix)) {
            found.put(label.substring(prefix.length()), score);
          }
        });
    return found;
  }

  private long whole(final String label) {
    return Math.round(scores.getOrDefault(label, 0.0));
  }
}
