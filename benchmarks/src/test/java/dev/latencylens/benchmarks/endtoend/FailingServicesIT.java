package dev.latencylens.benchmarks.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latencylens.fixtures.simulator.Fault;
import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import dev.latencylens.results.report.ReportCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One run of services that fail in every way: each failure is told apart, none stops the others,
 * and none brings a key to light.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FailingServicesIT {
  private static final int STREAMS = 30;
  private static final ModelProfile QUICK =
      ModelProfile.defaults().with("ttft-ms=5,gap-ms=5,tokens=20");
  private static final List<Fault> FAULTS =
      List.of(
          Fault.STATUS_401,
          Fault.STATUS_429,
          Fault.STATUS_500,
          Fault.TRUNCATED,
          Fault.RESET,
          Fault.MALFORMED,
          Fault.STALL,
          Fault.ENDLESS);

  private Path run;
  private JarProcess.Ended bench;
  private ProcessWatch watch;
  private List<Path> filesWithKeys;
  private Set<String> keysThatReachedTheService;

  @BeforeAll
  void measure(@TempDir final Path directory) throws IOException, InterruptedException {
    run = directory.resolve("run");
    SimulatorOptions options = SimulatorOptions.defaults().withOtherModels(QUICK);
    for (final Fault fault : FAULTS) {
      options = options.withModel(fault.optionName(), QUICK.with("gap-ms=20").withFault(fault, 3));
    }
    try (Simulator simulator = Simulator.start(options);
        EchoingService echo = new EchoingService()) {
      Files.writeString(directory.resolve("my.yaml"), configuration(simulator, echo));
      final WatchedBench watched =
          WatchedBench.run(directory, MarkedKeys.ENVIRONMENT, MarkedKeys::isIn);
      bench = watched.ended();
      watch = watched.watch();
      filesWithKeys = watched.temporaryFilesWithKeys();
      keysThatReachedTheService = echo.keys();
    }
  }

  private static String configuration(final Simulator simulator, final EchoingService echo)
      throws IOException {
    final String origin = simulator.baseUri().toString();
    final StringBuilder yaml = new StringBuilder("targets:\n");
    final String trusted = ", ca_bundle: \"" + simulator.caPem().orElseThrow() + "\"";
    for (final Fault fault : FAULTS) {
      target(yaml, fault.optionName(), "openai", origin + "/v1", trusted);
    }
    target(yaml, "healthy", "anthropic", origin, trusted);
    target(yaml, "untrusted", "google", origin + "/v1beta", "");
    target(yaml, "refused-port", "openai", "https://127.0.0.1:" + freePort() + "/v1", "");
    target(yaml, "unknown-host", "openai", "https://no-such-host.invalid/v1", "");
    target(yaml, "echo-openai", "openai", echo.origin() + "/v1", "");
    target(yaml, "echo-anthropic", "anthropic", echo.origin(), "");
    target(yaml, "echo-google", "google", echo.origin() + "/v1beta", "");
    return yaml.append(
            """
            load: { streams: %1$d, concurrency: %1$d }
            deadlines: { connect: 20s, idle: 3s, total: 8s }
            """
                .formatted(STREAMS))
        .toString();
  }

  private static void target(
      final StringBuilder yaml,
      final String name,
      final String provider,
      final String baseUrl,
      final String more) {
    yaml.append(
        "  - { name: %1$s, provider: %2$s, model: %1$s, base_url: \"%3$s\"%4$s }%n"
            .formatted(name, provider, baseUrl, more));
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status-401|auth_failed|the key was refused",
        "status-429|rate_limited|rate limit",
        "status-500|http_5xx|the server failed",
        "truncated|truncated|without the provider's end mark",
        "reset|connection_lost|reset or closed mid-stream",
        "malformed|malformed|broke its wire format",
        "stall|timeout_idle|fell silent for deadlines.idle",
        "endless|timeout_total|not over within deadlines.total",
        "untrusted|tls_failed|certificate and ca_bundle",
        "refused-port|connect_failed|nothing listens there",
        "unknown-host|connect_failed|the name was not found",
      })
  void eachFailureHasItsOwnOutcomeAndAClearSentence(
      final String target, final String outcome, final String sentence) throws IOException {
    final CSVRecord row = RunTables.row(run, target);

    assertThat(row.get("streams")).isEqualTo("" + STREAMS);
    assertThat(row.get("errors")).isEqualTo("" + STREAMS);
    assertThat(row.get("notes").split(";", -1)).contains("outcome_" + outcome + "=" + STREAMS);
    assertThat(Files.readAllLines(run.resolve("summary.md")))
        .anySatisfy(line -> assertThat(line).startsWith("- " + target).contains(outcome, sentence));
    assertThat(bench.out()).contains(STREAMS + " streams " + outcome);
  }

  @Test
  void theHealthyServiceIsMeasuredAllTheSame() throws IOException {
    final CSVRecord row = RunTables.row(run, "healthy");

    assertThat(row.get("streams")).isEqualTo("" + STREAMS);
    assertThat(row.get("errors")).isEqualTo("0");
    assertThat(row.get("ttft_p50_ms")).isNotEmpty();
  }

  @Test
  void theResultOfJmhAndTheHistogramLogsSayTheSame(@TempDir final Path directory)
      throws IOException {
    final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);

    assertThat(
            ReportCommand.run(
                nowhere,
                nowhere,
                run.toString(),
                "--from",
                "jmh,hlog",
                "--out",
                directory.resolve("again").toString()))
        .isEqualTo(1);

    final Map<String, CSVRecord> usual = RunTables.rowsByTarget(run);
    final Map<String, CSVRecord> again = RunTables.rowsByTarget(directory.resolve("again"));
    assertThat(again).containsOnlyKeys(usual.keySet());
    usual.forEach(
        (target, row) ->
            row.toMap()
                .forEach(
                    (column, value) -> {
                      final String other = Objects.requireNonNull(again.get(target)).get(column);
                      if (value.matches("-?[0-9.]+")) {
                        final double number = Double.parseDouble(value);
                        assertThat(Double.parseDouble(other))
                            .as("%s of %s", column, target)
                            .isCloseTo(number, within(0.002 * Math.abs(number) + 0.001));
                      } else if (!column.equals("notes")) {
                        assertThat(other).as("%s of %s", column, target).isEqualTo(value);
                      }
                    }));
  }

  @Test
  void theRunEndsWithOneSinceSomethingFailed() throws IOException {
    assertThat(bench.status()).as(bench.err()).isEqualTo(1);
    assertThat(RunTables.rounds(run)).hasSize(FAULTS.size() + 7);
    assertThat(bench.out() + bench.err()).doesNotContain("\tat ", "Exception");
  }

  @Test
  void theKeysAreInUseAndYetInNoOutput() throws IOException {
    // Without this the rest would prove nothing.
    assertThat(keysThatReachedTheService)
        .containsExactlyInAnyOrderElementsOf(MarkedKeys.ENVIRONMENT.values());

    assertThat(MarkedKeys.in(bench.out())).isEmpty();
    assertThat(MarkedKeys.in(bench.err())).isEmpty();
    assertThat(MarkedKeys.filesUnder(run)).isEmpty();
    assertThat(filesWithKeys).isEmpty();
  }

  @Test
  void noCommandLineHoldsAKeyAndTheSimulatorsEnvironmentHasNone() {
    assertThat(watch.commandLines())
        .anySatisfy(line -> assertThat(line).contains("ForkedMain"))
        .anySatisfy(line -> assertThat(line).contains("SimulatorCommand"))
        .allSatisfy(line -> assertThat(MarkedKeys.in(line)).isEmpty());
    assertThat(watch.simulatorEnvironments())
        .anySatisfy(environment -> assertThat(environment).contains("PATH="))
        .allSatisfy(
            environment -> {
              assertThat(MarkedKeys.in(environment)).isEmpty();
              assertThat(environment).doesNotContain("API_KEY");
            });
  }
}
