package dev.latencylens.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latencylens.benchmarks.streaming.LedgerClient;
import dev.latencylens.benchmarks.streaming.SimulatorAddress;
import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import dev.latencylens.fixtures.simulator.SimulatorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service that freezes for 1.4 s: whoever would have come meanwhile waited, and the open loop's
 * figures say so, by the schedule and by what the service truly sent when.
 */
@Tag("alone")
final class CoordinatedOmissionIT {
  private static final int RATE = 70;
  private static final int SECONDS = 10;
  private static final int STREAMS = RATE * SECONDS;
  private static final int STREAMS_BEFORE_THE_FREEZE = 150;
  private static final long FREEZE_MILLIS = 1_400;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  @Timeout(240)
  @EnabledOnOs(OS.LINUX)
  void responseTimesAreThoseOfTheScheduleAndTheLedger(@TempDir final Path directory)
      throws Exception {
    final SimulatorOptions options =
        SimulatorOptions.defaults()
            .withOtherModels(ModelProfile.defaults().with("ttft-ms=60,gap-ms=10,tokens=5"))
            // Seventy TLS handshakes at the thaw would keep two cores busy, and the client with
            // them.
            .withPlain(true);
    final Path run = directory.resolve("run");
    final long[] expected;
    try (SimulatorProcess service = SimulatorProcess.start(options, PATIENCE, line -> {})) {
      final String target =
          """
          targets:
            - provider: openai
              model: gpt
              base_url: "%s/v1"
          rounds: 1
          """
              .formatted(service.baseUri());
      // A service that was just started is slow by itself.
      assertThat(bench(directory, target + "load: { streams: 200, concurrency: 8 }", "warm-up"))
          .isZero();
      Files.writeString(
          directory.resolve("my.yaml"),
          target
              + "load: { arrivals: constant, rate: %d, duration: %ds }".formatted(RATE, SECONDS));
      try (JarProcess bench = JarProcess.bench(directory, "run")) {
        bench.await(() -> streamsSoFar(run) > STREAMS_BEFORE_THE_FREEZE);
        freeze(service.pid());
        final JarProcess.Ended ended = bench.awaitEnd();
        assertThat(ended.status()).as(ended.err()).isZero();
      }
      expected =
          byScheduleAndLedger(
              RecordedStreams.of(run),
              LedgerClient.of(new SimulatorAddress(service.baseUri(), service.caBundle())));
    }

    final CSVRecord row = RunTables.row(run, "openai/gpt");
    assertThat(row.get("planned")).isEqualTo("" + STREAMS);
    assertThat(row.get("streams")).isEqualTo("" + STREAMS);
    assertThat(row.get("offered_per_second")).isEqualTo(RATE + ".000");
    // Not a start was put off by the freeze.
    assertThat(Double.parseDouble(row.get("achieved_per_second")))
        .isCloseTo(RATE, within(0.01 * RATE));
    for (final double quantile : new double[] {0.5, 0.9, 0.99}) {
      final double wanted = at(expected, quantile) / 1e6;
      final String column = "response_ttft_p" + Math.round(100 * quantile) + "_ms";
      assertThat(Double.parseDouble(row.get(column)))
          .as(column)
          .isCloseTo(wanted, within(0.02 * wanted));
    }
    // The freeze is there to see: a tenth of the users came while it lasted.
    assertThat(Double.parseDouble(row.get("response_ttft_p90_ms"))).isGreaterThan(200);
  }

  private static int bench(final Path directory, final String yaml, final String run)
      throws IOException, InterruptedException {
    Files.writeString(directory.resolve("my.yaml"), yaml);
    try (JarProcess bench = JarProcess.bench(directory, run)) {
      return bench.awaitEnd().status();
    }
  }

  private static long streamsSoFar(final Path run) {
    try {
      return RunTables.streams(run);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long[] byScheduleAndLedger(final List<JsonNode> streams, final LedgerClient ledger)
      throws IOException, InterruptedException {
    final long windowStart = streams.get(0).path("intended_start_ns").asLong();
    final long[] waited = new long[streams.size()];
    for (int i = 0; i < waited.length; i++) {
      final long due = windowStart + Math.round(i * 1e9 / RATE);
      final long[] sent =
          ledger.contentSendTimes(streams.get(i).path("response_id").asText()).orElseThrow();
      waited[i] = sent[0] - due;
    }
    Arrays.sort(waited);
    return waited;
  }

  /** Type 8 of Hyndman and Fan (1996), as the tables have it. */
  private static double at(final long[] sorted, final double quantile) {
    final double place = (sorted.length + 1.0 / 3) * quantile + 1.0 / 3;
    final int below = (int) Math.floor(place);
    return sorted[below - 1] + (place - below) * (sorted[below] - sorted[below - 1]);
  }

  private static void freeze(final long process) throws IOException, InterruptedException {
    signal("-STOP", process);
    // The freeze itself, not a wait for something.
    TimeUnit.MILLISECONDS.sleep(FREEZE_MILLIS);
    signal("-CONT", process);
  }

  private static void signal(final String name, final long process)
      throws IOException, InterruptedException {
    final Process kill = new ProcessBuilder("kill", name, Long.toString(process)).start();
    assertThat(kill.waitFor()).isZero();
  }
}
