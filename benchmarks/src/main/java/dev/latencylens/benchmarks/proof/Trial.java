package dev.latencylens.benchmarks.proof;

import dev.latencylens.fixtures.simulator.SimulatorProcess;
import dev.latencylens.results.compare.CellComparison;
import dev.latencylens.results.compare.ComparedQuantile;
import dev.latencylens.results.compare.PlannedComparison;
import dev.latencylens.results.compare.Standing;
import dev.latencylens.results.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * One real run of two arms and what was said of it.
 *
 * @param alarm whether the family's test found it slower, whatever the margin
 * @param slower whether the verdict on any quantile is slower
 * @param median the verdict on the median of {@code ttft}, with its change
 */
record Trial(boolean alarm, boolean slower, String median) {
  private static final double LEVEL = 0.05;

  /** Small and quick to start, for there are thousands of processes. */
  private static final String MEASURING = "-XX:+UseSerialGC -Xmx256m -XX:TieredStopAtLevel=1";

  /** Tasks need no thread each; 100 streams give a median that is known to some 2%. */
  private static final String LOAD =
      """
      load: { streams: 100, concurrency: 50, users: tasks }
      canary_share: 0.02
      """;

  /**
   * Measures two models of a simulator in ten blocks.
   *
   * @param scratch an empty directory
   */
  static Trial of(
      final Path scratch, final SimulatorProcess simulator, final String before, final String after)
      throws IOException, InterruptedException {
    final Path first = scratch.resolve("before.yaml");
    final Path second = scratch.resolve("after.yaml");
    Files.writeString(first, SuiteProcess.target(simulator, before) + LOAD);
    Files.writeString(second, SuiteProcess.target(simulator, after) + LOAD);
    final Path directory = scratch.resolve("run");
    SuiteProcess.run(
        scratch,
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Dlatencylens.warmup.longest=200",
            "-Dlatencylens.fork.options=" + MEASURING),
        List.of(
            "bench",
            "--arm",
            "before=" + first,
            "--arm",
            "after=" + second,
            "--out",
            directory.toString()));
    return of(PlannedComparison.of(RunDirectory.open(directory)).orElseThrow());
  }

  private static Trial of(final CellComparison comparison) {
    final List<ComparedQuantile> rows = comparison.planned();
    final ComparedQuantile median = rows.get(0);
    return new Trial(
        rows.stream().anyMatch(row -> row.p().orElse(1) < LEVEL && row.ratio().orElse(1) > 1),
        rows.stream().anyMatch(row -> row.standing() == Standing.SLOWER),
        String.format(
            Locale.ROOT,
            "%s %+.1f%%",
            median.standing().label(),
            100 * (median.ratio().orElse(Double.NaN) - 1)));
  }
}
