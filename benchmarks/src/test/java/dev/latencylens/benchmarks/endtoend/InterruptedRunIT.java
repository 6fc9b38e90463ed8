package dev.latencylens.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

/** A run that is told to end leaves its tables, an account of each request, and no process. */
final class InterruptedRunIT {
  private static final int STREAMS = 40;
  private static final int CONCURRENCY = 20;
  private static final int TERMINATED = 143;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theTablesHoldWhatWasMeasuredAndOpenStreamsAreCancelled(@TempDir final Path directory)
      throws Exception {
    final Path run = directory.resolve("run");
    final SimulatorOptions options =
        SimulatorOptions.defaults()
            .withOtherModels(ModelProfile.defaults().with("ttft-ms=200,gap-ms=40,tokens=50"));
    final JarProcess.Ended ended;
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
      try (JarProcess bench = JarProcess.bench(directory, "run", "--rounds", "3")) {
        // Half of the second round's streams are over, and the others under way.
        bench.await(() -> streams(run) > STREAMS);
        final List<ProcessHandle> children = bench.handle().descendants().toList();
        bench.handle().destroy();

        ended = bench.awaitEnd();
        for (final ProcessHandle child : children) {
          child.onExit().get(60, TimeUnit.SECONDS);
        }
      }
    }

    assertThat(ended.status()).as(ended.err()).isEqualTo(TERMINATED);
    assertThat(ended.err()).contains("bench: interrupted: the round under way ends");
    assertThat(ended.out()).contains("openai/gpt", "The run was interrupted", "summary.csv");
    final CSVRecord row = RunTables.row(run, "openai/gpt");
    assertThat(row.get("streams")).as("of the finished round alone").isEqualTo("" + STREAMS);
    assertThat(row.get("notes")).contains("rounds=1/3");

    assertThat(RunTables.rounds(run)).hasSize(2);
    final JsonNode broken = JSON.readTree(RunTables.rounds(run).get(1).toFile());
    assertThat(broken.at("/status").asText()).isEqualTo("failed");
    assertThat(broken.at("/message").asText()).isEqualTo("interrupted");
    final JsonNode account = broken.at("/account");
    assertThat(account.at("/outcomes/cancelled").asInt()).isPositive();
    assertThat(account.at("/started").asInt() + account.at("/not_started").asInt())
        .isEqualTo(STREAMS);
    assertThat(account.at("/started").asInt())
        .as("each request has its line")
        .isEqualTo((int) streams(run) - STREAMS);

    final JarProcess.Ended audit =
        JarProcess.run(directory, Map.of(), "audit", "verify", run.toString());
    assertThat(audit.status()).as(audit.err()).isZero();
    assertThat(run.resolve("audit.jsonl"))
        .content()
        .contains("\"status\":\"cancelled\"", "\"event\":\"run_end\",\"status\":\"interrupted\"");
  }

  private static long streams(final Path run) {
    try {
      return RunTables.streams(run);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
