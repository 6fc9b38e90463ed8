package dev.latencylens.benchmarks.proof;

import dev.latencylens.fixtures.simulator.SimulatorProcess;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamLogReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * One run of {@code scripts/bench} in processes of their own, and what it left. Immutable.
 *
 * @param directory the run directory
 * @param row the only row of its table, by column
 * @param heap the memory of the process that measured
 */
record SuiteRun(Path directory, Map<String, String> row, HeapLog heap) {
  /**
   * Of the process that measures, and of no other: 1 GiB, looked at every five seconds (JEP 346).
   */
  private static final String MEASURING =
      "-XX:+UseG1GC -Xms768m -Xmn512m -Xmx1g -XX:+AlwaysPreTouch -XX:G1PeriodicGCInterval=5000"
          + " -Xlog:gc:file=";

  private static final double NANOS_PER_MILLI = 1e6;

  SuiteRun {
    row = Map.copyOf(row);
  }

  /**
   * Measures one model of a simulator.
   *
   * @param scratch a directory for this run alone
   * @param simulator what is measured
   * @param yaml the configuration without its targets
   * @return the run, once it is over
   * @throws IOException if it failed otherwise than by streams that failed
   */
  static SuiteRun of(final Path scratch, final SimulatorProcess simulator, final String yaml)
      throws IOException, InterruptedException {
    final Path config = scratch.resolve("load.yaml");
    Files.writeString(config, SuiteProcess.target(simulator, "m") + yaml);
    final Path directory = scratch.resolve("run");
    final Path heapLog = scratch.resolve("heap.log");
    SuiteProcess.run(
        scratch,
        List.of("-Dlatencylens.fork.options=" + MEASURING + heapLog),
        List.of("bench", "--config", config.toString(), "--out", directory.toString()));
    return new SuiteRun(directory, onlyRow(directory), HeapLog.of(Files.readAllLines(heapLog)));
  }

  /**
   * Measures one model of a simulator in two arms, and compares them.
   *
   * @param scratch a directory for this run alone
   * @param simulator what is measured
   * @param before the baseline's configuration without its targets
   * @param after the other arm's
   * @return what {@code scripts/compare} prints of them
   */
  static String compared(
      final Path scratch, final SimulatorProcess simulator, final String before, final String after)
      throws IOException, InterruptedException {
    final Path first = scratch.resolve("before.yaml");
    final Path second = scratch.resolve("after.yaml");
    Files.writeString(first, SuiteProcess.target(simulator, "m") + before);
    Files.writeString(second, SuiteProcess.target(simulator, "m") + after);
    final Path directory = scratch.resolve("run");
    SuiteProcess.run(
        scratch,
        List.of(),
        List.of(
            "bench",
            "--arm",
            "before=" + first,
            "--arm",
            "after=" + second,
            "--out",
            directory.toString()));
    final Path comparing = Files.createDirectory(scratch.resolve("comparing"));
    SuiteProcess.run(comparing, List.of(), List.of("compare", directory.toString()));
    return Files.readString(comparing.resolve("table"));
  }

  /** Measured and warmed for so long in all of its rounds, in nanoseconds. */
  double busyNanos() throws IOException {
    return RunDirectory.open(directory).rounds().rounds().stream()
        .mapToDouble(
            round ->
                NANOS_PER_MILLI
                    * (round.health().getOrDefault("warm_up_ms", 0.0)
                        + round.health().getOrDefault("window_ms", 0.0)))
        .sum();
  }

  private static Map<String, String> onlyRow(final Path directory) throws IOException {
    try (Reader reader =
            Files.newBufferedReader(directory.resolve("summary.csv"), StandardCharsets.UTF_8);
        CSVParser csv =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader)) {
      return csv.iterator().next().toMap();
    }
  }

  /** The streams, in the order in which they ended. */
  List<StreamLine> streams() throws IOException {
    final RunDirectory run = RunDirectory.open(directory);
    final List<StreamLine> streams = new ArrayList<>();
    try (StreamLogReader reader = run.readStreams(run.rounds().rounds())) {
      for (Optional<StreamLine> line = reader.next(); line.isPresent(); line = reader.next()) {
        streams.add(line.get());
      }
    }
    return streams;
  }
}
