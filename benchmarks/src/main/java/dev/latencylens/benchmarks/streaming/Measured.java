package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.results.run.InstrumentReading;
import dev.latencylens.results.run.LoadReading;
import dev.latencylens.results.run.SignedHistogram;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a finished recording holds.
 *
 * @param distributions each metric's values in nanoseconds
 * @param outcomes how many streams ended how
 * @param instrumentError stamp less true send time, in nanoseconds
 * @param source which streams the instrument error was measured on
 * @param health how the client fared meanwhile
 * @param planned how many streams the load planned
 * @param retries how many more were asked for
 * @param notStarted how many never had their turn
 * @param load whether an open loop made its load
 */
public record Measured(
    List<Distribution> distributions,
    Map<Outcome, Long> outcomes,
    SignedHistogram instrumentError,
    InstrumentReading.Source source,
    Map<String, Double> health,
    long planned,
    long retries,
    long notStarted,
    Optional<LoadReading> load) {}
