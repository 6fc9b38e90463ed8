package dev.latencylens.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.fixtures.simulator.LedgerEntry;
import dev.latencylens.fixtures.simulator.LedgerEvent;
import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.StreamCount;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamLogReader;
import dev.latencylens.results.run.StreamText;
import dev.latencylens.results.run.StreamTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example configuration with every API, measured as if the simulator were all these services:
 * what the tables say agrees with the simulator's ledger.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("alone")
final class EveryApiIT {
  static final Path EXAMPLE =
      Path.of(System.getProperty("basedir", ""), "..", "harness", "examples", "every-api.yaml");
  private static final Map<String, String> BASE_PATHS =
      Map.of("openai", "/v1", "google", "/v1beta", "generic", "/generic");
  private static final int TARGETS = 14;
  private static final int STREAMS = 20;

  /** Medians may differ by what a machine with other work on it takes to run a thread. */
  private static final double NEAR_MILLIS = 2;

  private Path run;
  private JarProcess.Ended bench;
  private final Map<String, LedgerEntry> ledger = new HashMap<>();
  private final Map<String, List<StreamLine>> streams = new TreeMap<>();

  @BeforeAll
  void measure(@TempDir final Path directory) throws IOException, InterruptedException {
    run = directory.resolve("run");
    final SimulatorOptions options =
        SimulatorOptions.defaults()
            .withOtherModels(
                ModelProfile.defaults().with("ttft-ms=80,gap-ms=10,gap-sigma=0.3,tokens=30"));
    try (Simulator service = Simulator.start(options)) {
      Files.writeString(
          directory.resolve("every.yaml"),
          pointedAt(
              service.baseUri().toString(),
              service.caPem().orElseThrow(),
              Files.readString(EXAMPLE)));
      bench =
          JarProcess.run(
              directory,
              Map.of("ANY_KEY", MarkedKeys.OPENAI),
              JarProcess.BENCH,
              "--config",
              "every.yaml",
              "--out",
              "run",
              "--rounds",
              "1");
      read(service);
    }
  }

  /** The example with the simulator's address in each target, and a key that is there. */
  static String pointedAt(final String origin, final Path ca, final String example) {
    final List<String> lines = new ArrayList<>();
    for (final String line : example.lines().toList()) {
      if (line.startsWith("    base_url:") || line.startsWith("    key:")) {
        continue;
      }
      lines.add(line);
      if (line.startsWith("    provider: ")) {
        final String provider = line.substring(line.indexOf(':') + 1).strip();
        lines.add("    base_url: " + origin + BASE_PATHS.getOrDefault(provider, ""));
        lines.add("    ca_bundle: \"" + ca + "\"");
        lines.add("    key: { env: ANY_KEY }");
      }
    }
    return String.join("\n", lines);
  }

  private void read(final Simulator service) throws IOException {
    final RunDirectory directory = RunDirectory.open(run);
    final Map<String, String> targets = new HashMap<>();
    directory.manifest().cells().forEach(cell -> targets.put(cell.id(), cell.target()));
    try (StreamLogReader reader = directory.readStreams(directory.rounds().rounds())) {
      for (Optional<StreamLine> line = reader.next(); line.isPresent(); line = reader.next()) {
        final StreamLine read = line.get();
        streams
            .computeIfAbsent(targets.getOrDefault(read.cell(), ""), unused -> new ArrayList<>())
            .add(read);
        Stream.of(StreamText.RESPONSE_ID, StreamText.REQUEST_ID)
            .flatMap(text -> read.text(text).stream())
            .flatMap(id -> service.ledger(id).stream())
            .findFirst()
            .ifPresent(entry -> ledger.put(read.cell() + read.stream(), entry));
      }
    }
  }

  @Test
  void everyTargetIsMeasuredWithoutAnError() throws IOException {
    assertThat(bench.status()).as(bench.err()).isZero();
    final Map<String, CSVRecord> rows = RunTables.rowsByTarget(run);
    assertThat(rows).hasSize(TARGETS);
    assertThat(rows.values())
        .allSatisfy(
            row -> {
              assertThat(row.get("streams")).isEqualTo("" + STREAMS);
              assertThat(row.get("errors")).isEqualTo("0");
              for (final String column :
                  List.of(
                      "ttft_p50_ms",
                      "ttfat_p50_ms",
                      "e2e_p50_ms",
                      "gap_p50_ms",
                      "tpot_p50_ms",
                      "output_tps_p50",
                      "input_tokens_p50",
                      "output_tokens_p50",
                      "instrument_error_p50_ms")) {
                assertThat(row.get(column)).as(row.get("target") + " " + column).isNotEmpty();
              }
            });
  }

  @Test
  void noKeyIsInAnyOutput() throws IOException {
    assertThat(MarkedKeys.in(bench.out())).isEmpty();
    assertThat(MarkedKeys.in(bench.err())).isEmpty();
    assertThat(MarkedKeys.filesUnder(run)).isEmpty();
  }

  @Test
  void theStreamsAgreeWithTheLedger() {
    assertThat(streams).hasSize(TARGETS);
    streams.forEach(
        (target, lines) -> {
          final List<Double> ttftErrors = new ArrayList<>();
          final List<Double> lengthErrors = new ArrayList<>();
          for (final StreamLine line : lines) {
            final LedgerEntry entry = entry(target, line);
            assertThat(line.count(StreamCount.INPUT_TOKENS)).hasValue(entry.promptTokens());
            assertThat(line.count(StreamCount.OUTPUT_TOKENS)).hasValue(entry.outputTokens());
            final long[] sent =
                entry.events().stream()
                    .filter(LedgerEvent::content)
                    .mapToLong(LedgerEvent::sentNanos)
                    .toArray();
            assertThat(line.count(StreamCount.CONTENT_EVENTS)).as(target).hasValue(sent.length);
            final long start = line.time(StreamTime.ACTUAL_START).orElseThrow();
            final long ttft = line.time(StreamTime.TTFT).orElseThrow();
            final long e2e = line.time(StreamTime.E2E).orElseThrow();
            ttftErrors.add(millis(start + ttft - sent[0]));
            lengthErrors.add(millis(e2e - ttft - (sent[sent.length - 1] - sent[0])));
          }
          assertThat(median(ttftErrors)).as("%s: ttft", target).isBetween(-0.5, NEAR_MILLIS);
          assertThat(median(lengthErrors))
              .as("%s: all gaps together", target)
              .isBetween(-NEAR_MILLIS, NEAR_MILLIS);
        });
  }

  @Test
  void theMedianGapIsTheLedgers() throws IOException {
    final Map<String, CSVRecord> rows = RunTables.rowsByTarget(run);
    streams.forEach(
        (target, lines) -> {
          final List<Double> gaps = new ArrayList<>();
          for (final StreamLine line : lines) {
            final long[] sent =
                entry(target, line).events().stream()
                    .filter(LedgerEvent::content)
                    .mapToLong(LedgerEvent::sentNanos)
                    .toArray();
            for (int i = 1; i < sent.length; i++) {
              gaps.add(millis(sent[i] - sent[i - 1]));
            }
          }
          assertThat(Double.parseDouble(row(rows, target).get("gap_p50_ms")))
              .as("%s: gap", target)
              .isBetween(median(gaps) - NEAR_MILLIS, median(gaps) + NEAR_MILLIS);
        });
  }

  private static CSVRecord row(final Map<String, CSVRecord> rows, final String target) {
    return Optional.ofNullable(rows.get(target)).orElseThrow();
  }

  private LedgerEntry entry(final String target, final StreamLine line) {
    return Optional.ofNullable(ledger.get(line.cell() + line.stream()))
        .orElseThrow(() -> new AssertionError(target + ": not in the ledger: " + line));
  }

  private static double millis(final long nanos) {
    return (double) nanos / TimeUnit.MILLISECONDS.toNanos(1);
  }

  private static double median(final List<Double> values) {
    final double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
