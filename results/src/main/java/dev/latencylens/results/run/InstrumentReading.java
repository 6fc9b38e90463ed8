package dev.latencylens.results.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where a round's instrument error comes from. The errors themselves are in the round's histogram
 * log.
 *
 * @param source what was compared
 * @param events how many events were compared
 */
public record InstrumentReading(Source source, long events) {

  /** What the client's stamps were compared with. */
  public enum Source {
    /** The simulator's ledger of the measured streams themselves. */
    @JsonProperty("ledger")
    LEDGER,
    /** The ledger of a canary that ran beside the measured streams. */
    @JsonProperty("canary")
    CANARY,
    /** Nothing: the error of this round is not known. */
    @JsonProperty("none")
    NONE
  }

  /** How many events a cell's p99 takes, over all of its rounds. */
  public static final long EVENTS_FOR_P99 = 662;

  /** A round whose instrument error was not measured. */
  public static final InstrumentReading NONE = new InstrumentReading(Source.NONE, 0);
}
