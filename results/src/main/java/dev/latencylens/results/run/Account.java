package dev.latencylens.results.run;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the requests of one round.
 *
 * @param planned how many were planned
 * @param started how many were sent or tried: all outcomes but {@code refused_by_limit}
 * @param outcomes how many ended in each outcome, by its name such as {@code timeout_idle}
 */
public record Account(long planned, long started, Map<String, Long> outcomes) {

  /** Copies the map, in the order of names. */
  public Account {
    outcomes = Collections.unmodifiableMap(new TreeMap<>(outcomes));
  }
}
