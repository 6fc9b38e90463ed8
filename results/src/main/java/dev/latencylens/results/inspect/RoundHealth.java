package dev.latencylens.results.inspect;

import dev.latencylens.results.run.HistogramLog;
import dev.latencylens.results.run.InstrumentReading;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.run.SignedHistogram;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How the client fared in one round, and how large the instrument's error was in it.
 *
 * @param round the round
 * @param error the instrument's error in nanoseconds; empty where it was not measured
 */
record RoundHealth(Round round, Optional<SignedHistogram> error) {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MEDIAN = 0.5;

  /**
   * Reads the histograms of a round.
   *
   * @param warnings gets a sentence where they are damaged: the streams can be shown all the same
   */
  static RoundHealth read(RunDirectory run, Round round, List<String> warnings) throws IOException {
    if (round.instrument().source() == InstrumentReading.Source.NONE) {
      return new RoundHealth(round, Optional.empty());
    }
    try {
      return new RoundHealth(
          round,
          run.readHistograms(round)
              .map(HistogramLog::instrumentError)
              .filter(errors -> errors.totalCount() > 0));
    } catch (RunFormatException e) {
      warnings.add(
          "histograms/"
              + round.cell()
              + "/"
              + e.getMessage()
              + "; the instrument's error in round "
              + round.round()
              + " is not known");
      return new RoundHealth(round, Optional.empty());
    }
  }

  /** A figure by its name in the round's file; the unit is part of the name. */
  OptionalDouble figure(String name) {
    Double value = round.health().get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** The median of the instrument's error, below zero where stamps were early. */
  OptionalDouble errorP50Millis() {
    return millis(error.map(errors -> errors.valueAtQuantile(MEDIAN)));
  }

  /** The largest error: a percentile of one round would seldom have the samples it takes. */
  OptionalDouble errorMaxMillis() {
    return millis(error.map(SignedHistogram::max));
  }

  /** What the stamps were compared with, in the word of the round's file. */
  String errorSource() {
    return round.instrument().source().name().toLowerCase(Locale.ROOT);
  }

  private static OptionalDouble millis(Optional<Long> nanos) {
    return nanos.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(nanos.get() / NANOS_PER_MILLI);
  }
}
