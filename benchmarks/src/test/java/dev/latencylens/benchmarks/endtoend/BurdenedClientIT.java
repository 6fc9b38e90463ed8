package dev.latencylens.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that is slowed down on purpose knows it, and its tables say so. */
@Tag("alone")
final class BurdenedClientIT {
  private static final ModelProfile STEADY =
      ModelProfile.defaults().with("ttft-ms=50,gap-ms=20,tokens=50");
  private static final int COLLECTIONS_APART_MILLIS = 100;

  /** Threads that do nothing but burn a core each, and collections that nobody needs. */
  private static final class Burden implements AutoCloseable {
    private final List<Process> neighbours = new ArrayList<>();

    Burden() throws IOException {
      for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
        neighbours.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
      }
    }

    /** Has the measuring process collect all garbage, as often as that can be asked for. */
    void collect(final ProcessHandle bench) throws IOException, InterruptedException {
      for (final ProcessHandle child : bench.descendants().toList()) {
        final Path commandLine = Path.of("/proc", Long.toString(child.pid()), "cmdline");
        if (Files.exists(commandLine) && Files.readString(commandLine).contains("ForkedMain")) {
          final Process jcmd =
              new ProcessBuilder(
                      Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                      Long.toString(child.pid()),
                      "GC.run")
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .redirectError(ProcessBuilder.Redirect.DISCARD)
                  .start();
          jcmd.waitFor(COLLECTIONS_APART_MILLIS, TimeUnit.MILLISECONDS);
        }
      }
    }

    @Override
    public void close() {
      neighbours.forEach(Process::destroyForcibly);
    }
  }

  private static CSVRecord measured(
      final Path directory, final Simulator service, final String name, final boolean burdened)
      throws Exception {
    Files.writeString(
        directory.resolve("my.yaml"),
        """
        targets:
          - { provider: openai, model: m, base_url: "%s/v1", ca_bundle: "%s" }
        load: { streams: 120, concurrency: 10 }
        canary_share: 0.1
        # What is late is to be measured, not cut off.
        deadlines: { connect: 60s, idle: 60s }
        rounds: 1
        """
            .formatted(service.baseUri(), service.caPem().orElseThrow()));
    try (JarProcess bench = JarProcess.bench(directory, name)) {
      final Path streams = directory.resolve(name).resolve("streams.jsonl");
      bench.await(() -> Files.exists(streams));
      if (burdened) {
        try (Burden burden = new Burden()) {
          final JarProcess.Ended ended =
              bench.awaitEnd(
                  () -> {
                    try {
                      burden.collect(bench.handle());
                    } catch (final IOException e) {
                      // It ended meanwhile.
                    } catch (final InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
          assertThat(ended.status()).as(ended.err()).isZero();
        }
      } else {
        final JarProcess.Ended ended = bench.awaitEnd();
        assertThat(ended.status()).as(ended.err()).isZero();
      }
    }
    return RunTables.row(directory.resolve(name), "openai/m");
  }

  @Test
  @Timeout(300)
  void aDeliberateSlowdownShowsInTheErrorAndMarksWhatItSpoils(@TempDir final Path directory)
      throws Exception {
    try (Simulator service = Simulator.start(SimulatorOptions.defaults().withOtherModels(STEADY))) {
      final CSVRecord free = measured(directory, service, "free", false);
      final CSVRecord burdened = measured(directory, service, "burdened", true);

      assertThat(error(burdened)).isGreaterThan(2 * error(free));
      assertThat(burdened.get("notes").split(";", -1)).contains("gap_p90=late");
      assertThat(free.get("notes")).doesNotContain("gap_p50=late");
    }
  }

  private static double error(final CSVRecord row) {
    return Double.parseDouble(row.get("instrument_error_p50_ms"))
        + Double.parseDouble(row.get("instrument_error_max_ms"));
  }
}
