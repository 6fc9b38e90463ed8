package dev.latencylens.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every API with a key of its own, and AWS's signed requests with a session's token, against a
 * service that fails in each way and puts what it was sent into bodies and headers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EveryProviderLeakIT {
  private static final int STREAMS = 16;
  private static final String SESSION = "signed";
  private static final String UNSENT = "neversent";
  private static final String SILENT_KEY = "KEY_OF_SILENT";

  private final Map<String, String> environment = new TreeMap<>();
  private Path run;
  private JarProcess.Ended bench;
  private ProcessWatch watch;
  private List<Path> filesWithKeys;
  private String reached = "";

  private static String mark(final String name) {
    return "Lk" + name.replaceAll("[^a-z]", "") + "Nq72PdXv9R";
  }

  @BeforeAll
  void measure(@TempDir final Path directory) throws IOException, InterruptedException {
    run = directory.resolve("run");
    try (EchoingService echo = new EchoingService();
        ServerSocket silent = new ServerSocket(0, STREAMS, InetAddress.getLoopbackAddress())) {
      Files.writeString(
          directory.resolve("my.yaml"),
          configuration(
              echo.origin(), silent.getLocalPort(), Files.readString(EveryApiIT.EXAMPLE)));
      environment.put(SILENT_KEY, "sk-proj-" + mark(UNSENT));
      environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
      environment.put("AWS_SECRET_ACCESS_KEY", mark("secretaccess"));
      environment.put("AWS_SESSION_TOKEN", mark(SESSION));
      environment.put("AWS_EC2_METADATA_DISABLED", "true");
      final WatchedBench watched = WatchedBench.run(directory, environment, this::hasKey);
      bench = watched.ended();
      watch = watched.watch();
      filesWithKeys = watched.temporaryFilesWithKeys();
      reached = String.join("\n", echo.keys());
    }
  }

  /**
   * The example, each target with a key in a variable of its own, one whose requests are signed,
   * and one that never shakes hands.
   */
  private String configuration(final String origin, final int silentPort, final String example) {
    final List<String> lines = new ArrayList<>();
    for (final String line :
        example.substring(0, example.indexOf("\nworkload:")).lines().toList()) {
      if (line.startsWith("    base_url:") || line.startsWith("    key:")) {
        continue;
      }
      lines.add(line);
      if (line.startsWith("    provider: ")) {
        final String variable = "KEY_" + environment.size();
        environment.put(variable, "sk-proj-" + mark("number" + (char) ('a' + environment.size())));
        lines.add("    base_url: " + origin);
        lines.add("    key: { env: " + variable + " }");
      }
    }
    return String.join("\n", lines)
        + """

          - name: signed
            provider: bedrock
            model: m
            region: eu-central-1
            auth: sigv4
            base_url: %s
          - name: silent
            provider: openai
            model: m
            base_url: "https://127.0.0.1:%d/v1"
            key: { env: %s }
        load: { streams: %d, concurrency: %d }
        deadlines: { connect: 3s, first_byte: 500ms, first_token: 1s, idle: 500ms }
        max_stream_bytes: 16KiB
        """
            .formatted(origin, silentPort, SILENT_KEY, STREAMS, STREAMS);
  }

  private List<String> marks() {
    return environment.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("KEY_"))
        .map(entry -> entry.getValue().substring("sk-proj-".length()))
        .collect(
            () -> new ArrayList<>(List.of(mark(SESSION), mark("secretaccess"))),
            List::add,
            List::addAll);
  }

  private boolean hasKey(final String text) {
    return marks().stream().anyMatch(text::contains);
  }

  @Test
  void eachKeyReachesTheServiceAndTheServiceFailsInManyWays() throws IOException {
    assertThat(bench.status()).as(bench.err()).isEqualTo(1);
    for (final String mark : marks()) {
      if (!mark.equals(mark("secretaccess")) && !mark.equals(mark(UNSENT))) {
        assertThat(reached).contains(mark);
      }
    }
    assertThat(Files.readString(run.resolve("summary.csv")))
        .contains(
            "outcome_auth_failed",
            "outcome_http_4xx",
            "outcome_http_5xx",
            "outcome_rate_limited",
            "outcome_http_3xx",
            "outcome_unexpected_response",
            "outcome_malformed",
            "outcome_provider_error",
            "outcome_connection_lost",
            "outcome_too_large",
            "outcome_timeout_connect",
            "outcome_timeout_first_byte",
            "outcome_timeout_first_token",
            "outcome_timeout_idle");
  }

  @Test
  void noKeyIsInAnyOutputResultOrTemporaryFile() throws IOException {
    assertThat(bench.out() + bench.err()).doesNotContain(marks());
    assertThat(WatchedBench.filesWithKeys(run, this::hasKey)).isEmpty();
    assertThat(filesWithKeys).isEmpty();
  }

  @Test
  void noCommandLineAndNoEnvironmentOfAMeasuringProcessHoldsAnothersKey() {
    assertThat(watch.commandLines())
        .anySatisfy(line -> assertThat(line).contains("ForkedMain"))
        .allSatisfy(line -> assertThat(line).doesNotContain(marks()));
    // AWS's own library reads its variables, in the processes that measure its service.
    assertThat(watch.measuringEnvironments())
        .isNotEmpty()
        .allSatisfy(
            seen ->
                assertThat(seen)
                    .doesNotContain(
                        marks().stream()
                            .filter(
                                mark ->
                                    !mark.equals(mark(SESSION))
                                        && !mark.equals(mark("secretaccess")))
                            .toList()));
  }
}
