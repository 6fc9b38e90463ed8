package dev.latencylens.benchmarks.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import dev.latencylens.results.table.TextTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command over real sockets: the simulator in TLS, and a server that writes down requests. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class DoctorCommandTest {
  private static final String KEY = "MARKED-doctor-key-7f3a";
  private static final Map<String, String> ENVIRONMENT = Map.of("OPENAI_API_KEY", KEY);

  private final Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  DoctorCommandTest(@TempDir final Path directory) {
    this.directory = directory;
  }

  @Test
  void aTargetThatIsWellIsShownWithWhereItsKeyComesFrom() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
      assertThat(doctor(ENVIRONMENT, "--config", simulated(simulator, ""))).isZero();
    }

    assertThat(shown().lines().skip(1).findFirst().orElseThrow())
        .matches("openai/gpt +ok +[0-9.]+ +[0-9.]+ +[0-9.]+ +2\\.0 +[0-9]+ +[-+][0-9.]+");
    assertThat(shown())
        .contains("pass  key", "from the environment variable OPENAI_API_KEY")
        .doesNotContain(KEY, "complete", "ttft");
    assertThat(logged()).isEmpty();
  }

  @Test
  void aStreamThatIsAskedForIsShownWithItsOutcomeAndTtft() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
      assertThat(doctor(ENVIRONMENT, "--config", simulated(simulator, ""), "--send")).isZero();
    }

    assertThat(shown())
        .containsPattern("target .* stream +ttft\n")
        .containsPattern("openai/gpt .* complete +[0-9.]+\n")
        .doesNotContain(KEY);
  }

  @Test
  void aMissingKeyIsToldAndTheWayIsLookedAtAllTheSame() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
      assertThat(doctor(Map.of(), "--config", simulated(simulator, ""), "--send")).isEqualTo(1);
    }

    assertThat(shown())
        .containsPattern("openai/gpt +FAIL +[0-9.]+ +[0-9.]+ +[0-9.]+ +2\\.0 ")
        .contains("-> set OPENAI_API_KEY", "1 thing is not well")
        .doesNotContain("complete");
  }

  @Test
  void aKeyFileThatOthersCanReadFailsWithTheCommandThatMendsIt() throws IOException {
    final Path key = Files.writeString(directory.resolve("openai.key"), KEY);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
      final String config = simulated(simulator, "key: { file: openai.key }, ");

      assertThat(doctor(Map.of(), "--config", config)).isEqualTo(1);
      assertThat(shown().replaceAll("\\s+", " ")).contains("chmod 600").doesNotContain(KEY);
      reset();
      assertThat(doctor(Map.of(), "--config", config, "--security", "--runs", "none")).isEqualTo(1);
      assertThat(shown()).contains("FAIL", "key file");
      reset();
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
      assertThat(doctor(Map.of(), "--config", config)).isZero();
      assertThat(shown().replaceAll("\\s+", " ")).contains("from the file").doesNotContain(KEY);
      reset();
      assertThat(doctor(Map.of(), "--config", config, "--security", "--runs", "none")).isZero();
    }
  }

  @Test
  void aCertificateOfNoKnownAuthorityFailsWithAHint() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
      final String config =
          config("{ provider: openai, model: gpt, base_url: \"" + simulator.baseUri() + "/v1\" }");

      assertThat(doctor(ENVIRONMENT, "--config", config, "--send")).isEqualTo(1);
    }
    assertThat(shown().replaceAll("\\s+", " "))
        .contains("tls_failed: the certificate of", "give its authority as ca_bundle")
        .contains("2 things are not well");
  }

  @Test
  void aServerThatIsNotThereFailsWithAHint() throws IOException {
    final int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }

    assertThat(
            doctor(
                Map.of(),
                "--config",
                config(
                    "{ provider: openai, model: gpt, key: none, base_url: \"http://127.0.0.1:"
                        + nobody
                        + "/v1\" }")))
        .isEqualTo(1);
    assertThat(shown().replaceAll("\\s+", " "))
        .contains("none is needed", "connect_failed:", "refuses connections", "check base_url");
  }

  @Test
  void aKeyGoesOutWithTheStreamAloneAndARefusalOfItIsTold() throws IOException {
    final List<String> requests = new CopyOnWriteArrayList<>();
    final HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestMethod() + " " + exchange.getRequestHeaders().entrySet());
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });
    server.start();
    try {
      final String config =
          config(
              "{ provider: openai, model: gpt, base_url: \"http://127.0.0.1:"
                  + server.getAddress().getPort()
                  + "/v1\" }");

      assertThat(doctor(ENVIRONMENT, "--config", config)).isZero();
      assertThat(requests).hasSize(2).allMatch(request -> request.startsWith("HEAD "));
      assertThat(requests).noneMatch(request -> request.contains(KEY));
      assertThat(doctor(ENVIRONMENT, "--config", config, "--send")).isEqualTo(1);
    } finally {
      server.stop(0);
    }
    assertThat(requests).hasSize(5);
    assertThat(requests.get(4)).startsWith("POST ").contains(KEY);
    assertThat(shown())
        .contains("auth_failed", "-> the key was refused (401 or 403)")
        .doesNotContain(KEY);
  }

  @Test
  void linesFitATerminalOf80ColumnsWithoutColoursOrControls() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
      final String config =
          simulated(
              simulator, "name: \"a \u202f name \u00e9 of many words " + "x".repeat(120) + "\", ");
      doctor(Map.of(), "--config", config, "--send");
      doctor(Map.of(), "--config", config, "--security", "--runs", "none");
      doctor(Map.of("NO_COLOR", "1"), "--config", config);
    }

    assertThat(shown().lines())
        .hasSizeGreaterThan(30)
        .allSatisfy(line -> assertThat(TextTable.width(line)).isLessThanOrEqualTo(80));
    assertThat(shown()).doesNotContain("\u001b");
  }

  @Test
  void theMachineAndTheEmbeddedSimulatorAreLookedAtWithoutAConfiguration() {
    final int status = doctor(Map.of());

    assertThat(shown())
        .contains("Java", "cores", "memory", "temporary files", "clock", "CPU governor")
        .contains("container", "steal", "wake-ups", "The embedded simulator:")
        .containsPattern("openai/sim-ttft120-gap8 +complete +[0-9.]+\n");
    assertThat(shown().lines())
        .allSatisfy(line -> assertThat(TextTable.width(line)).isLessThanOrEqualTo(80));
    assertThat(status).as(shown()).isZero();
  }

  @Test
  void whoCanReadRunsIsChecked() throws IOException {
    final Path runs = Files.createDirectory(directory.resolve("runs"));
    final Path run = Files.createDirectory(runs.resolve("one"));
    Files.writeString(run.resolve("manifest.json"), "{}");
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));

    assertThat(doctor(Map.of(), "--security", "--runs", runs.toString())).isZero();
    assertThat(shown().replaceAll("\\s+", " "))
        .contains("pass runs", "yours to do accounts", "yours to do agreements");
    reset();
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-x---"));

    assertThat(doctor(Map.of(), "--security", "--runs", runs.toString())).isEqualTo(1);
    assertThat(shown().replaceAll("\\s+", "")).contains("chmod-Rgo=" + run);
  }

  @Test
  void aDeploymentIsJudgedByWhatItsConfigurationSays() throws IOException {
    final Path careless =
        Path.of(
            config(
                "{ provider: openai, model: gpt, base_url: \"http://10.1.2.3/v1\","
                    + " allow_plaintext: true }"));
    Files.setPosixFilePermissions(careless, PosixFilePermissions.fromString("rw-rw-r--"));
    assertThat(doctor(Map.of(), "--config", careless.toString(), "--security", "--runs", "none"))
        .isEqualTo(1);
    assertThat(shown().replaceAll("\\s+", " "))
        .contains("FAIL configuration", "chmod go-w", "FAIL connection", "travel unencrypted")
        .contains("2 things are not well", "yours to do budget", "yours to do environment");
    reset();

    final Path careful =
        Files.writeString(
            directory.resolve("careful.yaml"),
            """
            targets:
              - { provider: openai, model: gpt, key: { command: [pass, show, openai] } }
            budget: { requests: 10 }
            data: { keep: 90d, prompt_rules: reject }
            """);
    Files.setPosixFilePermissions(careful, PosixFilePermissions.fromString("rw-------"));
    assertThat(doctor(Map.of(), "--config", careful.toString(), "--security", "--runs", "none"))
        .isZero();
    assertThat(shown().replaceAll("\\s+", " "))
        .contains("pass configuration", "pass budget", "have scripts/erase --expired run")
        .doesNotContain("environment", "injection");
  }

  @Test
  void aCommandIsNotRunForAConfigurationThatOthersCanRead() throws IOException {
    final Path ran = directory.resolve("ran");
    final Path config =
        Path.of(
            config("{ provider: openai, model: gpt, key: { command: [touch, \"" + ran + "\"] } }"));
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(doctor(Map.of(), "--config", config.toString())).isEqualTo(2);

    assertThat(logged()).startsWith("doctor: ").contains("chmod 600").hasLineCount(1);
    assertThat(ran).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nope|Unknown option|doctor --help",
        "--config|--config|doctor --help",
        "--send --security|choose one|--send",
        "--send|add --config|--send",
        "--runs x|--security|--runs",
        "--config nowhere.yaml|nowhere.yaml|nowhere.yaml",
        "--config .|.:|.",
        "more|more|doctor --help",
      })
  void aMistakeIsToldInOneLine(final String arguments, final String what, final String also) {
    assertThat(doctor(Map.of(), arguments.split(" ", -1))).isEqualTo(2);

    assertThat(shown()).isEmpty();
    assertThat(logged()).startsWith("doctor: ").contains(what, also).hasLineCount(1);
  }

  @Test
  void whatIsWrongInAConfigurationIsToldLineByLine() throws IOException {
    final Path config =
        Files.writeString(
            directory.resolve("bad.yaml"), "targets:\n  - { provider: opnai, model: m }\nlod: 1\n");

    assertThat(doctor(Map.of(), "--config", config.toString())).isEqualTo(2);

    assertThat(logged().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("doctor: ") && line.contains("bad.yaml:"));
  }

  @Test
  void aMetadataServiceIsRefusedBeforeAnythingIsSent() throws IOException {
    final String config =
        config("{ provider: openai, model: gpt, base_url: \"https://169.254.169.254/v1\" }");

    assertThat(doctor(ENVIRONMENT, "--config", config, "--send")).isEqualTo(2);
    assertThat(logged()).contains("link-local").hasLineCount(1);
  }

  private String simulated(final Simulator simulator, final String more) throws IOException {
    return config(
        "{ provider: openai, model: gpt, "
            + more
            + "base_url: \""
            + simulator.baseUri()
            + "/v1\", ca_bundle: \""
            + simulator.caPem().orElseThrow()
            + "\" }");
  }

  private String config(final String target) throws IOException {
    return Files.writeString(directory.resolve("my.yaml"), "targets:\n  - " + target + "\n")
        .toString();
  }

  private int doctor(final Map<String, String> environment, final String... arguments) {
    return DoctorCommand.run(
        new PrintStream(out, true, UTF_8),
        new PrintStream(log, true, UTF_8),
        environment,
        arguments);
  }

  private String shown() {
    return out.toString(UTF_8);
  }

  private String logged() {
    return log.toString(UTF_8);
  }

  private void reset() {
    out.reset();
    log.reset();
  }
}
