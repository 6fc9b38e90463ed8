package dev.latencylens.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.net.httpserver.HttpServer;
import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import dev.latencylens.fixtures.simulator.wire.Dialect;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.config.KeyReference;
import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.provider.SimulatedApis;
import dev.latencylens.harness.secret.KeyLocation;
import dev.latencylens.harness.secret.KeyRing;
import dev.latencylens.harness.secret.VaultSettings;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.transport.Endpoint;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is left of keys in the memory of a process that has streamed from every API with a key of
 * its own for each, and has closed everything.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class HeapDumpTest {
  private static final String ENVIRONMENT = "environment";
  private static final String AWS = "aws";
  private static final String GOOGLE = "google service account";

  private final Map<String, Integer> whileInUse = new LinkedHashMap<>();
  private final Map<String, Integer> afterClose = new LinkedHashMap<>();
  private String serviceAccount = "";

  /** Put together at run time, so that no class file has it whole. */
  private static String key(final String name) {
    return "sk-proj-"
        + String.join("", "Hp", "41Kd", "Zw93")
        + name.replaceAll("[^a-z]", "")
        + "Tq58";
  }

  private static Path keyFile(final Path directory, final String dialect) {
    return directory.resolve(dialect.replace('/', '-'));
  }

  private static List<String> dialects() {
    return Dialect.all().stream().map(Dialect::name).sorted().toList();
  }

  @BeforeAll
  void streamInAProcessOfItsOwn(@TempDir final Path directory) throws Exception {
    for (final String dialect : dialects()) {
      secret(keyFile(directory, dialect), key(dialect));
    }
    secret(
        directory.resolve("credentials"),
        "[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = " + key(AWS) + "\n");
    final HttpServer tokens = tokenServer();
    try (Simulator simulator =
        Simulator.start(
            SimulatorOptions.defaults()
                .withOtherModels(ModelProfile.defaults().with("ttft-ms=5,gap-ms=2,tokens=8")))) {
      secret(directory.resolve("account.json"), account(tokens.getAddress().getPort()));
      final ProcessBuilder child =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  HeapDumpTest.class.getName(),
                  simulator.baseUri().toString(),
                  simulator.caPem().orElseThrow().toString(),
                  directory.toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(directory.resolve("err").toFile());
      child.environment().keySet().removeIf(name -> !name.equals("PATH"));
      child.environment().put("ENV_KEY", key(ENVIRONMENT));
      child
          .environment()
          .put("AWS_SHARED_CREDENTIALS_FILE", directory.resolve("credentials").toString());
      child.environment().put("AWS_EC2_METADATA_DISABLED", "true");
      child
          .environment()
          .put("GOOGLE_APPLICATION_CREDENTIALS", directory.resolve("account.json").toString());

      assertThat(child.start().waitFor())
          .as(Files.readString(directory.resolve("err"), ISO_8859_1))
          .isZero();
    } finally {
      tokens.stop(0);
    }
    count(directory.resolve("open.hprof"), whileInUse);
    count(directory.resolve("closed.hprof"), afterClose);
    Files.writeString(
        Path.of(System.getProperty("basedir", ""), "target", "keys-in-heap.txt"),
        "while in use " + whileInUse + "\nafter close " + afterClose + "\n");
  }

  private static void secret(final Path file, final String content) throws IOException {
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static HttpServer tokenServer() throws IOException {
    final HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    final byte[] token =
        "{\"access_token\":\"ya29.made-up-token\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"
            .getBytes(ISO_8859_1);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, token.length);
          exchange.getResponseBody().write(token);
          exchange.close();
        });
    server.start();
    return server;
  }

  private String account(final int tokenPort) throws Exception {
    final KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    final byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
    final String key = Base64.getEncoder().encodeToString(encoded);
    // Libraries keep it as bytes; what stands in its middle tells it from any other.
    serviceAccount = new String(encoded, 400, 24, ISO_8859_1);
    return "{\"type\":\"service_account\",\"project_id\":\"p\",\"private_key_id\":\"1\","
        + "\"private_key\":\"-----BEGIN PRIVATE KEY-----\\n"
        + key
        + "\\n-----END PRIVATE KEY-----\\n\",\"client_email\":\"a@p.iam.gserviceaccount.com\","
        + "\"client_id\":\"2\",\"token_uri\":\"http://127.0.0.1:"
        + tokenPort
        + "/token\"}";
  }

  private void count(final Path dump, final Map<String, Integer> copies) throws IOException {
    final String bytes = Files.readString(dump, ISO_8859_1);
    for (final String dialect : dialects()) {
      copies.put(dialect, count(bytes, key(dialect)));
    }
    copies.put(ENVIRONMENT, count(bytes, key(ENVIRONMENT)));
    copies.put(AWS, count(bytes, key(AWS)));
    copies.put(GOOGLE, count(bytes, serviceAccount));
  }

  private static int count(final String bytes, final String key) {
    int copies = 0;
    for (final Charset charset : List.of(ISO_8859_1, UTF_16BE, UTF_16LE)) {
      final String form = new String(key.getBytes(charset), ISO_8859_1);
      for (int at = bytes.indexOf(form); at >= 0; at = bytes.indexOf(form, at + 1)) {
        copies++;
      }
    }
    return copies;
  }

  @Test
  void eachKeyIsThereWhileItIsInUse() {
    // Without this the rest would prove nothing.
    assertThat(whileInUse.values()).hasSize(dialects().size() + 3).allMatch(copies -> copies > 0);
  }

  @Test
  void keysOfEveryApiAreGoneOnceTheyAreClosed() {
    for (final String dialect : dialects()) {
      assertThat(afterClose).containsEntry(dialect, 0);
    }
  }

  /** Streams from every API, dumps its heap, closes everything, and dumps it again. */
  public static void main(final String[] arguments) throws Exception {
    final Path directory = Path.of(arguments[2]);
    final Network network = Network.trusting(Optional.of(Path.of(arguments[1])));
    final List<Target> targets = new ArrayList<>();
    for (final Dialect dialect : Dialect.all()) {
      final Target target = at(dialect, arguments[0], network);
      targets.add(
          target.withKey(
              new KeyReference.Places(
                  List.of(new KeyLocation.KeyFile(keyFile(directory, dialect.name()))))));
      if (dialect.name().equals("openai/chat")) {
        targets.add(target.withKey(KeyReference.Places.environment("ENV_KEY")));
      } else if (dialect.name().equals("bedrock/converse-stream")
          || dialect.name().equals("vertex/gemini")) {
        // The cloud's own library finds the credentials.
        targets.add(target);
      }
    }
    stream(targets, directory.resolve("open.hprof"));
    System.gc();
    dump(directory.resolve("closed.hprof"));
  }

  private static Target at(final Dialect dialect, final String origin, final Network network) {
    return SimulatedApis.target(dialect.name(), "any")
        .at(URI.create(origin + dialect.basePath()), network);
  }

  private static void stream(final List<Target> targets, final Path dump) throws Exception {
    final List<Endpoint> endpoints = new ArrayList<>();
    try (KeyRing ring =
        new KeyRing(System.getenv(), Optional.empty(), VaultSettings.FROM_ENVIRONMENT)) {
      for (final Target target : targets) {
        endpoints.add(TargetEndpoint.open(target, Providers.load(), ring));
      }
      for (final Endpoint endpoint : endpoints) {
        try (StreamingHarness harness =
            SimulatedService.open(endpoint, SimulatedService.PATIENT, Http2.OFF, 64L << 20)) {
          endpoint.credentials().refresh();
          final StreamRecord record = SimulatedService.start(harness, endpoint, "any").get();
          if (record.outcome() != Outcome.COMPLETE) {
            throw new IllegalStateException(record.toString());
          }
        }
      }
      dump(dump);
    } finally {
      endpoints.forEach(endpoint -> endpoint.credentials().close());
    }
  }

  private static void dump(final Path file) throws IOException {
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(file.toString(), true);
  }
}
