package dev.latencylens.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * One run with a key from each kind of place, flight recordings on, texts stored, against a service
 * that fails in every way and echoes the key: each key reaches the service, and nothing else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeySourcesIT {
  private static final List<String> SOURCES =
      List.of("env", "dotenv", "file", "command", "vault", "aws");
  private static final String PROMPT = "Tell me about the MARKEDPROMPT in one sentence.";
  private static final String TEXT_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private static final int STREAMS = 14;

  private Path directory;
  private JarProcess.Ended bench;
  private JarProcess.Ended reveal;
  private JarProcess.Ended audit;
  private ProcessWatch watch;
  private List<Path> temporaryFilesWithKeys;
  private Set<String> keysThatReachedTheService;

  /** A key that no other text holds. */
  private static String key(final String source) {
    return "sk-proj-Mk" + source + "Vr83KqTw5Zp";
  }

  /** The part of it that looks the same in every text form. */
  private static String mark(final String source) {
    return "Mk" + source + "Vr83KqTw5Zp";
  }

  @BeforeAll
  void measure(@TempDir final Path temporary) throws IOException, InterruptedException {
    directory = temporary;
    Files.createDirectory(directory.resolve("jfr"));
    secret("keys/.env", "DOTENV_KEY=" + key("dotenv") + "\n");
    secret("keys/file", key("file") + "\n");
    secret("keys/command", key("command") + "\n");
    secret("keys/texts", TEXT_KEY);
    try (EchoingService echo = new EchoingService();
        Stub vault =
            new Stub(
                "{\"lease_duration\":0,\"data\":{\"data\":{\"key\":\"" + key("vault") + "\"}}}");
        Stub aws = new Stub("{\"Name\":\"a\",\"SecretString\":\"" + key("aws") + "\"}")) {
      Files.writeString(directory.resolve("my.yaml"), configuration(echo, vault));
      Files.setPosixFilePermissions(
          directory.resolve("my.yaml"), PosixFilePermissions.fromString("rw-------"));
      final Map<String, String> environment =
          Map.of(
              "ENV_KEY",
              key("env"),
              "VAULT_TOKEN",
              "hvs." + mark("token") + "0123456789",
              "AWS_ACCESS_KEY_ID",
              "AKIDEXAMPLE",
              "AWS_SECRET_ACCESS_KEY",
              mark("secretaccess"),
              "AWS_EC2_METADATA_DISABLED",
              "true",
              "AWS_ENDPOINT_URL_SECRETS_MANAGER",
              aws.url(),
              "JAVA_TOOL_OPTIONS",
              "-XX:StartFlightRecording=dumponexit=true,filename="
                  + directory.resolve("jfr")
                  + "/");
      final WatchedBench watched = WatchedBench.run(directory, environment, this::hasKey);
      bench = watched.ended();
      watch = watched.watch();
      temporaryFilesWithKeys = watched.temporaryFilesWithKeys();
      keysThatReachedTheService = echo.keys();
    }
    reveal = JarProcess.run(directory, Map.of(), "reveal", "run", "--config", "my.yaml");
    audit = JarProcess.run(directory, Map.of(), "audit", "verify", "run");
  }

  private void secret(final String name, final String content) throws IOException {
    final Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static String configuration(final EchoingService echo, final Stub vault) {
    final StringBuilder yaml = new StringBuilder("targets:\n");
    for (final String source : SOURCES) {
      yaml.append(
          "  - { name: %1$s, provider: openai, model: m, base_url: \"%2$s/v1\", key: %3$s }%n"
              .formatted(
                  source,
                  echo.origin(),
                  switch (source) {
                    case "env" -> "[{ file: keys/none }, { env: ENV_KEY }]";
                    case "dotenv" -> "{ dotenv: DOTENV_KEY, path: keys/.env }";
                    case "file" -> "{ file: keys/file }";
                    case "command" -> "{ command: [cat, keys/command] }";
                    case "vault" -> "{ vault: secret/llm, field: key }";
                    default -> "{ aws_secret: a, region: eu-central-1 }";
                  }));
    }
    return yaml.append(
            """
            vault: { address: "%s" }
            workload: { prompt: "%s" }
            load: { streams: %d, concurrency: 2 }
            deadlines: { first_byte: 500ms, idle: 500ms }
            data: { user_id: tester, keep: 90d, store_texts: true, store_key: { file: keys/texts } }
            """
                .formatted(vault.url(), PROMPT, STREAMS))
        .toString();
  }

  private List<String> marks() {
    return Stream.concat(SOURCES.stream(), Stream.of("token", "secretaccess"))
        .map(KeySourcesIT::mark)
        .toList();
  }

  private boolean hasKey(final String text) {
    return marks().stream().anyMatch(text::contains);
  }

  @Test
  void eachKeyIsFoundInItsPlaceAndReachesTheService() {
    assertThat(bench.status()).as(bench.err()).isEqualTo(1);
    assertThat(keysThatReachedTheService)
        .containsExactlyInAnyOrderElementsOf(SOURCES.stream().map(KeySourcesIT::key).toList());
  }

  @Test
  void noKeyIsInAnyOutputResultOrTemporaryFile() throws IOException {
    for (final String mark : marks()) {
      assertThat(bench.out() + bench.err()).doesNotContain(mark);
      assertThat(reveal.out() + reveal.err()).doesNotContain(mark);
      assertThat(audit.out() + audit.err()).doesNotContain(mark);
    }
    assertThat(WatchedBench.filesWithKeys(directory.resolve("run"), this::hasKey)).isEmpty();
    assertThat(temporaryFilesWithKeys).isEmpty();
  }

  @Test
  void noCommandLineHoldsAKeyAndNoMeasuringProcessHasOneInItsEnvironment() {
    assertThat(watch.commandLines())
        .anySatisfy(line -> assertThat(line).contains("ForkedMain"))
        .allSatisfy(line -> assertThat(line).doesNotContain(marks()));
    assertThat(watch.measuringEnvironments())
        .isNotEmpty()
        .allSatisfy(environment -> assertThat(environment).doesNotContain(marks()));
  }

  @Test
  void flightRecordingsHoldNoKeyButTheEnvironmentOfTheProcessThatWasGivenIt() throws IOException {
    try (Stream<Path> recordings = Files.list(directory.resolve("jfr"))) {
      assertThat(recordings.count()).isGreaterThan(SOURCES.size());
    }
    final List<Path> found = WatchedBench.filesWithKeys(directory.resolve("jfr"), this::hasKey);

    assertThat(found).as("the runner's own recording lists its environment").hasSizeLessThan(2);
    for (final Path recording : found) {
      assertThat(Files.readString(recording, StandardCharsets.ISO_8859_1))
          .doesNotContain(
              mark("dotenv"), mark("file"), mark("command"), mark("vault"), mark("aws"));
    }
  }

  @Test
  void promptsAndAnswersAreStoredEncryptedAndOpenedWithTheirKeyAlone() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("run"))) {
      for (final Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("MARKEDPROMPT");
      }
    }
    assertThat(reveal.status()).as(reveal.err()).isZero();
    assertThat(reveal.out().lines())
        .hasSize(SOURCES.size() * STREAMS)
        .allSatisfy(line -> assertThat(line).contains(PROMPT, "\"answer\""));
  }

  @Test
  void theAuditLogHoldsWhoAskedWithWhichKeyAndIsWhole() throws IOException {
    assertThat(audit.status()).as(audit.err()).isZero();
    final List<String> lines = Files.readAllLines(directory.resolve("run/audit.jsonl"));

    assertThat(lines.get(0)).contains("\"run_start\"");
    assertThat(lines.get(lines.size() - 1)).contains("\"run_end\"");
    assertThat(lines.stream().filter(line -> line.contains("\"api_call\"")))
        .hasSize(SOURCES.size() * STREAMS);
    assertThat(lines.stream().filter(line -> line.contains("\"authentication\"")))
        .hasSize(SOURCES.size());
    assertThat(String.join("\n", lines)).doesNotContain("tester", "MARKEDPROMPT", "Incorrect");
  }

  /** Answers everything with one JSON object. */
  private static final class Stub implements AutoCloseable {
    private final HttpServer server;

    Stub(final String json) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      final byte[] body = json.getBytes(StandardCharsets.UTF_8);
      server.createContext(
          "/",
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
