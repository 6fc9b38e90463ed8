package dev.latencylens.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plain http to another machine, which the unspecified address stands for here, marks each table.
 */
final class PlaintextIT {
  @Test
  void everyTableOfTheRunIsMarked(@TempDir final Path directory)
      throws IOException, InterruptedException {
    final SimulatorOptions options =
        SimulatorOptions.defaults()
            .withPlain(true)
            .withOtherModels(ModelProfile.defaults().with("ttft-ms=5,gap-ms=2,tokens=8"));
    try (Simulator service = Simulator.start(options)) {
      final int port = service.baseUri().getPort();
      Files.writeString(
          directory.resolve("my.yaml"),
          """
          targets:
            - name: open
              provider: openai
              model: m
              base_url: "http://0.0.0.0:%1$d/v1"
              allow_plaintext: true
              allow_address: [0.0.0.0]
            - { name: closed, provider: openai, model: n, base_url: "http://127.0.0.1:%1$d/v1" }
          load: { streams: 5, concurrency: 5 }
          rounds: 1
          """
              .formatted(port));

      final JarProcess.Ended bench = JarProcess.benched(directory);

      assertThat(bench.status()).as(bench.err()).isZero();
      final Map<String, CSVRecord> rows = RunTables.rowsByTarget(directory.resolve("run"));
      assertThat(connection(rows, "open")).endsWith(", plaintext");
      assertThat(connection(rows, "closed")).doesNotContain("plaintext");
      final String note = "PLAINTEXT: open was asked over plain http";
      assertThat(bench.out().replaceAll("\\s+", " ")).contains(note);
      assertThat(directory.resolve("run/summary.md")).content().contains(note);
      assertThat(directory.resolve("run/manifest.json")).content().contains(note);
    }
  }

  private static String connection(final Map<String, CSVRecord> rows, final String target) {
    return Objects.requireNonNull(rows.get(target)).get("connection");
  }
}
