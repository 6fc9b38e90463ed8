package dev.latencylens.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed keeps the rounds that were finished, and leaves no process behind. */
final class KilledRunIT {
  private static final int STREAMS = 40;
  private static final int CONCURRENCY = 20;

  @Test
  void killingTheRunnerKeepsTheFinishedRounds(@TempDir final Path directory) throws Exception {
    final Path run = directory.resolve("run");
    final SimulatorOptions options =
        SimulatorOptions.defaults()
            .withOtherModels(ModelProfile.defaults().with("ttft-ms=200,gap-ms=20,tokens=50"));
    try (Simulator service = Simulator.start(options)) {
      Files.writeString(
          directory.resolve("my.yaml"),
          """
          targets:
            - provider: openai
              model: gpt
              base_url: "%s/v1"
              ca_bundle: "%s"
          load: { streams: %d, concurrency: %d }
          """
              .formatted(service.baseUri(), service.caPem().orElseThrow(), STREAMS, CONCURRENCY));
      final List<ProcessHandle> children;
      try (JarProcess bench = JarProcess.bench(directory, "run", "--rounds", "3")) {
        // Half of the second round's streams are over.
        bench.await(() -> streams(run) > STREAMS);
        children = bench.handle().descendants().toList();
        bench.kill();

        // The simulator and the fork.
        assertThat(children).hasSize(2);
        for (final ProcessHandle child : children) {
          child.onExit().get(60, TimeUnit.SECONDS);
        }
      }
    }

    assertThat(RunTables.rounds(run)).hasSize(1);
    assertThat(new ObjectMapper().readTree(RunTables.rounds(run).get(0).toFile()).at("/status"))
        .hasToString("\"finished\"");
    assertThat(run.resolve("summary.csv")).doesNotExist();

    final JarProcess.Ended report = JarProcess.run(directory, Map.of(), JarProcess.REPORT, "run");

    assertThat(report.status()).as(report.err()).isEqualTo(1);
    assertThat(report.out()).contains("Incomplete run: 1 of 3 planned rounds finished");
    final CSVRecord row = RunTables.row(run, "openai/gpt");
    assertThat(row.get("streams")).as("of the finished round alone").isEqualTo("" + STREAMS);
    assertThat(row.get("errors")).isEqualTo("0");
    assertThat(row.get("ttft_p50_ms")).isNotEmpty();
    assertThat(row.get("notes")).contains("rounds=1/3");
  }

  private static long streams(final Path run) {
    try {
      return RunTables.streams(run);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
