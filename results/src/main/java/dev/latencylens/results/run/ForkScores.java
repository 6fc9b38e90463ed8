package dev.latencylens.results.run;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a JMH fork says of its round beside the times: the scores of the secondary results that the
 * suite's profiler adds, by their labels. JMH's result files hold them too. Immutable.
 */
public final class ForkScores {
  /** Label of the count of streams that ended in some outcome. */
  public static final String STREAMS = "streams";

  /** Label of the count of streams that the load planned. */
  public static final String PLANNED = "account.planned";

  /** Label of the count of streams that were asked for again. */
  public static final String RETRIES = "account.retries";

  /** Label of the count of streams that never had their turn. */
  public static final String NOT_STARTED = "account.not_started";

  /** What the labels of an open loop begin with. */
  public static final String LOAD = "load.";

  /** What the labels of the outcomes' counts begin with. */
  public static final String OUTCOME = "outcome.";

  /** What the labels of the client's health begin with. */
  public static final String HEALTH = "health.";

  /** What the label of the count of stamps begins with that were compared with true times. */
  public static final String INSTRUMENT_EVENTS = "instrument_events.";

  private static final String REFUSED = "refused_by_limit";

  private final Map<String, Double> scores;

  private ForkScores(Map<String, Double> scores) {
    this.scores = Map.copyOf(scores);
  }

  /**
   * The scores of a fork.
   *
   * @param scores by label; others than these are passed by
   * @return empty where there are no stream metrics among them
   */
  public static Optional<ForkScores> of(Map<String, Double> scores) {
    return scores.containsKey(STREAMS) ? Optional.of(new ForkScores(scores)) : Optional.empty();
  }

  /**
   * What became of the round's requests.
   *
   * @return counts
   */
  public Account account() {
    Map<String, Long> outcomes = new HashMap<>();
    under(OUTCOME).forEach((outcome, count) -> outcomes.put(outcome, Math.round(count)));
    long refused = outcomes.getOrDefault(REFUSED, 0L);
    return new Account(
        whole(PLANNED),
        whole(RETRIES),
        whole(STREAMS) - refused,
        refused,
        whole(NOT_STARTED),
        outcomes);
  }

  /**
   * How the client fared.
   *
   * @return figures by name, with the unit in the name
   */
  public Map<String, Double> health() {
    return under(HEALTH);
  }

  /**
   * Where the instrument's error comes from.
   *
   * @return the source, and how many events were compared
   */
  public InstrumentReading instrument() {
    for (InstrumentReading.Source source : InstrumentReading.Source.values()) {
      long events = whole(INSTRUMENT_EVENTS + source.name().toLowerCase(Locale.ROOT));
      if (events > 0) {
        return new InstrumentReading(source, events);
      }
    }
    return InstrumentReading.NONE;
  }

  /**
   * Whether the load was met.
   *
   * @return the reading; empty for a closed loop
   * @throws IllegalArgumentException if the scores are no load
   */
  public Optional<LoadReading> load() {
    return scores.containsKey(LOAD + "offered")
        ? Optional.of(
            new LoadReading(
                whole(LOAD + "offered"),
                whole(LOAD + "started"),
                whole(LOAD + "within"),
                whole(LOAD + "waited"),
                whole(LOAD + "longest_queue"),
                scores.getOrDefault(LOAD + "window", 0.0)))
        : Optional.empty();
  }

  /** The scores whose labels begin with a prefix, by the rest of the label. */
  private Map<String, Double> under(String prefix) {
    Map<String, Double> found = new HashMap<>();
    scores.forEach(
        (label, score) -> {
          if (label.startsWith(prefix)) {
            found.put(label.substring(prefix.length()), score);
          }
        });
    return found;
  }

  private long whole(String label) {
    return Math.round(scores.getOrDefault(label, 0.0));
  }
}
