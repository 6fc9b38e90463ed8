package dev.latencylens.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latencylens.fixtures.simulator.Fault;
import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run does not go beyond, whatever its load asks for. */
@Tag("alone")
final class LimitsIT {
  private static final ModelProfile QUICK =
      ModelProfile.defaults().with("ttft-ms=20,gap-ms=5,tokens=4");

  private final Path directory;

  LimitsIT(@TempDir final Path directory) {
    this.directory = directory;
  }

  private JarProcess.Ended bench(final SimulatorOptions options, final String yaml)
      throws Exception {
    try (Simulator service = Simulator.start(options)) {
      Files.writeString(
          directory.resolve("my.yaml"),
          yaml.replace(
              "SERVICE",
              "base_url: \"%s/v1\", ca_bundle: \"%s\""
                  .formatted(service.baseUri(), service.caPem().orElseThrow())));
      final JarProcess.Ended ended = JarProcess.benched(directory);
      // Also where requests are refused, held back or tried again.
      assertThat(MarkedKeys.in(ended.out() + ended.err())).isEmpty();
      assertThat(MarkedKeys.filesUnder(directory.resolve("run"))).isEmpty();
      return ended;
    }
  }

  private List<JsonNode> streams() throws Exception {
    return RecordedStreams.of(directory.resolve("run"));
  }

  private CSVRecord row(final String target) throws Exception {
    return RunTables.row(directory.resolve("run"), target);
  }

  @Test
  @Timeout(120)
  void noWindowSeesMoreReleasesThanAllowedNotEvenAcrossProcesses() throws Exception {
    final double rate = 40;
    final int burst = 20;
    final JarProcess.Ended ended =
        bench(
            SimulatorOptions.defaults().withOtherModels(QUICK),
            """
            targets:
              - { name: one, provider: openai, model: a, SERVICE }
            load: { streams: 180, concurrency: 60, users: tasks }
            limits:
              burst: %d
              requests_per_second: %s
            rounds: 2
            """
                .formatted(burst, rate));

    assertThat(ended.status()).as(ended.err()).isZero();
    final long[] releases = RecordedStreams.values(streams(), "release_ns");
    Arrays.sort(releases);
    assertThat(releases).hasSize(360);
    for (int from = 0; from < releases.length; from++) {
      for (int to = from; to < releases.length; to++) {
        final double seconds = (releases[to] - releases[from]) / 1e9;
        assertThat((double) (to - from + 1))
            .as("releases within %s s", seconds)
            .isLessThanOrEqualTo(burst + rate * seconds + 1e-6);
      }
    }
    // And what is allowed is used: all of a round but the burst comes at the full rate.
    final double roundSeconds = (releases[179] - releases[0]) / 1e9;
    assertThat((180 - burst) / roundSeconds).isGreaterThanOrEqualTo(0.99 * rate);
    assertThat(streams())
        .anySatisfy(
            stream ->
                assertThat(stream.path("held_by").asText())
                    .isEqualTo("target one:requests_per_second"));
  }

  @Test
  @Timeout(120)
  void aBudgetEndsTheRunCleanlyWithWhatWasMeasured() throws Exception {
    final JarProcess.Ended ended =
        benchSimulated(
            """
            targets:
              - { name: one, provider: openai, model: sim-ttft20-gap5 }
            load: { streams: 50, concurrency: 5 }
            budget: { requests: 70 }
            rounds: 3
            """);

    assertThat(ended.status()).as(ended.err()).isEqualTo(1);
    final CSVRecord row = row("one");
    assertThat(row.get("streams")).isEqualTo("70");
    assertThat(Long.parseLong(row.get("refused"))).isBetween(1L, 5L);
    assertThat(Long.parseLong(row.get("refused")) + Long.parseLong(row.get("not_started")))
        .isEqualTo(80);
    assertThat(row.get("planned")).isEqualTo("150");
    assertThat(ended.out()).contains("the budget is used up");
    assertThat(RunTables.rounds(directory.resolve("run"))).hasSize(3);
  }

  private JarProcess.Ended benchSimulated(final String yaml) throws Exception {
    Files.writeString(directory.resolve("my.yaml"), yaml);
    return JarProcess.benched(directory, "--simulate");
  }

  @Test
  @Timeout(120)
  void aTargetThatFailsTooOftenEndsAndTheOthersGoOn() throws Exception {
    final JarProcess.Ended ended =
        bench(
            SimulatorOptions.defaults()
                .withOtherModels(QUICK)
                .withModel("bad", QUICK.withFault(Fault.STATUS_500, 0)),
            """
            targets:
              - { name: bad, provider: openai, model: bad, SERVICE }
              - { name: good, provider: openai, model: good, SERVICE }
            load: { streams: 40, concurrency: 4 }
            stop_target: { error_share: 0.2, after_streams: 10 }
            retries: 1
            rounds: 2
            """);

    assertThat(ended.status()).as(ended.err()).isEqualTo(1);
    assertThat(row("good").get("streams")).isEqualTo("80");
    assertThat(row("good").get("errors")).isEqualTo("0");
    final CSVRecord bad = row("bad");
    assertThat(bad.get("planned")).isEqualTo("80");
    assertThat(Long.parseLong(bad.get("streams"))).isBetween(10L, 40L);
    assertThat(Long.parseLong(bad.get("retries"))).isPositive();
    assertThat(
            Long.parseLong(bad.get("streams"))
                + Long.parseLong(bad.get("refused"))
                + Long.parseLong(bad.get("not_started")))
        .isEqualTo(80 + Long.parseLong(bad.get("retries")));
    assertThat(ended.out()).contains("target bad failed too often").doesNotContain("lost count");
  }

  @Test
  @Timeout(120)
  void anArrivalThatFindsNoPlaceWaitsAndTheRowSaysSo() throws Exception {
    final JarProcess.Ended ended =
        bench(
            SimulatorOptions.defaults()
                .withOtherModels(ModelProfile.defaults().with("ttft-ms=100,gap-ms=10,tokens=11")),
            """
            targets:
              - { name: one, provider: openai, model: a, SERVICE }
            load: { arrivals: poisson, rate: 50, streams: 100, max_in_flight: 3 }
            objectives: { ttft: 150ms }
            rounds: 1
            """);

    assertThat(ended.status()).as(ended.err()).isZero();
    final CSVRecord row = row("one");
    assertThat(row.get("streams")).isEqualTo("100");
    assertThat(row.get("notes")).contains("load=not_met:");
    assertThat(Double.parseDouble(row.get("achieved_per_second")))
        .isLessThan(0.8 * Double.parseDouble(row.get("offered_per_second")));
    assertThat(Double.parseDouble(row.get("response_ttft_p50_ms")))
        .isGreaterThan(2 * Double.parseDouble(row.get("ttft_p50_ms")));
    assertThat(Double.parseDouble(row.get("goodput_share"))).isLessThan(0.5);
    assertThat(ended.out()).contains("the load was not met");
  }
}
