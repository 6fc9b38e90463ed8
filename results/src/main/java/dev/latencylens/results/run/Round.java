package dev.latencylens.results.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One round that is over: one JMH fork of one cell. Its file is the proof that the round's streams
 * and histograms are whole; it is written last.
 *
 * @param round the round's number in the plan, from 1
 * @param block its block, from 1
 * @param cell its cell's id
 * @param started when it began
 * @param finished when it was over
 * @param status whether its data may be used
 * @param message what went wrong, or why it was not run
 * @param jmh JMH's own JSON result of the round; an empty array where it has none
 * @param health how the client fared, numbers by name with the unit in the name
 * @param instrument where the instrument error comes from
 * @param account what became of the round's requests
 * @param load whether the load was met; only where it was an open loop
 * @param histogramsSha256 the SHA-256 of the round's histogram log, as 64 hexadecimal digits; runs
 *     of earlier versions have none
 */
public record Round(
    int round,
    int block,
    String cell,
    Instant started,
    Instant finished,
    Status status,
    Optional<String> message,
    JsonNode jmh,
    Map<String, Double> health,
    InstrumentReading instrument,
    Account account,
    Optional<LoadReading> load,
    Optional<String> histogramsSha256) {

  /** Whether a round's data may be used. */
  public enum Status {
    /** All of the round was measured. */
    @JsonProperty("finished")
    FINISHED,
    /** The round broke off; what it has is left out of the tables. */
    @JsonProperty("failed")
    FAILED,
    /** The round was not run, as a budget was used up or its target had ended. */
    @JsonProperty("skipped")
    SKIPPED
  }

  /** Copies the map, in the order of names, and checks the numbers. */
  public Round {
    if (round < 1 || block < 1) {
      throw new IllegalArgumentException("rounds and blocks count from 1");
    }
    Cell.requireId(cell);
    health = Collections.unmodifiableMap(new TreeMap<>(health));
  }

  /** A round of whose histograms no hash is known. */
  public Round(
      int round,
      int block,
      String cell,
      Instant started,
      Instant finished,
      Status status,
      Optional<String> message,
      JsonNode jmh,
      Map<String, Double> health,
      InstrumentReading instrument,
      Account account,
      Optional<LoadReading> load) {
    this(
        round,
        block,
        cell,
        started,
        finished,
        status,
        message,
        jmh,
        health,
        instrument,
        account,
        load,
        Optional.empty());
  }

  /**
   * This round with the hash of its histograms.
   *
   * @param sha256 64 hexadecimal digits, or empty where there is no log
   * @return a copy
   */
  public Round withHistograms(Optional<String> sha256) {
    return new Round(
        round,
        block,
        cell,
        started,
        finished,
        status,
        message,
        jmh,
        health,
        instrument,
        account,
        load,
        sha256);
  }

  /**
   * Whether the round's data may be used.
   *
   * @return true for {@link Status#FINISHED}
   */
  public boolean usable() {
    return status == Status.FINISHED;
  }
}
