package dev.latencylens.results.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What became of the requests of one round. What asked counted planned, retries and not started;
 * what recorded counted the outcomes: so that the two check each other.
 *
 * @param planned how many streams the load planned
 * @param retries how many more were asked for as a stream failed; each is a stream of its own
 * @param started how many were sent or tried: all outcomes but {@code refused_by_limit}
 * @param refused how many a budget or the configuration forbade, once their turn had come
 * @param notStarted how many never had their turn, as the round ended before
 * @param outcomes how many ended in each outcome, by its name such as {@code timeout_idle}
 */
public record Account(
    long planned,
    long retries,
    long started,
    long refused,
    long notStarted,
    Map<String, Long> outcomes) {
  private static final String REFUSED = "refused_by_limit";

  /** Copies the map, in the order of names. */
  public Account {
    outcomes = Collections.unmodifiableMap(new TreeMap<>(outcomes));
  }

  /** An account without retries, in which all that has no outcome was not started. */
  public Account(long planned, long started, Map<String, Long> outcomes) {
    this(
        planned,
        0,
        started,
        outcomes.getOrDefault(REFUSED, 0L),
        planned - started - outcomes.getOrDefault(REFUSED, 0L),
        outcomes);
  }

  /**
   * Reads what a round's file has. The first runs kept three of these figures alone: what was
   * refused stands among their outcomes, and nothing was asked for again.
   */
  @JsonCreator
  static Account read(
      @JsonProperty("planned") long planned,
      @JsonProperty("retries") Optional<Long> retries,
      @JsonProperty("started") long started,
      @JsonProperty("refused") Optional<Long> refused,
      @JsonProperty("not_started") Optional<Long> notStarted,
      @JsonProperty("outcomes") Map<String, Long> outcomes) {
    if (retries.isEmpty() && refused.isEmpty() && notStarted.isEmpty()) {
      return new Account(planned, started, outcomes);
    }
    if (retries.isEmpty() || refused.isEmpty() || notStarted.isEmpty()) {
      throw new IllegalArgumentException("an account lacks a figure");
    }
    return new Account(planned, retries.get(), started, refused.get(), notStarted.get(), outcomes);
  }

  /**
   * Whether nothing is lost and nothing counted twice: {@code planned + retries = started + refused
   * + not started}, and {@code started} is the sum of all outcomes but {@code refused_by_limit}.
   *
   * @return true if so
   */
  public boolean balances() {
    long ended = outcomes.values().stream().mapToLong(Long::longValue).sum();
    long refusedOutcomes = outcomes.getOrDefault(REFUSED, 0L);
    return planned + retries == started + refused + notStarted
        && refused == refusedOutcomes
        && started == ended - refusedOutcomes
        && notStarted >= 0;
  }

  @Override
  public String toString() {
    return "planned "
        + planned
        + ", retries "
        + retries
        + ", started "
        + started
        + ", refused "
        + refused
        + ", not started "
        + notStarted
        + ", outcomes "
        + outcomes;
  }
}
