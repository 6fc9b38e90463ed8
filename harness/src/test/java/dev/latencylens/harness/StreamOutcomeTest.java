package dev.latencylens.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.fixtures.simulator.Fault;
import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.transport.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever goes wrong on a real connection ends in its own outcome, and nothing hangs. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class StreamOutcomeTest {
  private static final ModelProfile QUICK =
      ModelProfile.defaults().with("ttft-ms=5,gap-ms=2,tokens=20");
  private static final long LARGE = 64L << 20;

  private static Deadlines impatient(final Outcome about) {
    final Deadlines patient = SimulatedService.PATIENT;
    final Duration brief = Duration.ofMillis(400);
    return switch (about) {
      case TIMEOUT_CONNECT ->
          new Deadlines(
              brief, patient.firstByte(), patient.firstToken(), patient.idle(), patient.total());
      case TIMEOUT_FIRST_BYTE ->
          new Deadlines(
              patient.connect(), brief, patient.firstToken(), patient.idle(), patient.total());
      case TIMEOUT_FIRST_TOKEN ->
          new Deadlines(
              patient.connect(), patient.firstByte(), brief, patient.idle(), patient.total());
      case TIMEOUT_IDLE ->
          new Deadlines(
              patient.connect(), patient.firstByte(), patient.firstToken(), brief, patient.total());
      case TIMEOUT_TOTAL ->
          new Deadlines(
              patient.connect(),
              patient.firstByte(),
              patient.firstToken(),
              patient.idle(),
              Duration.ofMillis(1_200));
      default -> patient;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "STATUS_401, AUTH_FAILED, false",
    "STATUS_403, AUTH_FAILED, false",
    "STATUS_404, HTTP_4XX, false",
    "STATUS_429, RATE_LIMITED, false",
    "STATUS_500, HTTP_5XX, false",
    "STATUS_503, HTTP_5XX, false",
    "REDIRECT, HTTP_3XX, false",
    "NOT_A_STREAM, UNEXPECTED_RESPONSE, false",
    "NO_HEADERS, TIMEOUT_FIRST_BYTE, false",
    "NO_CONTENT, TIMEOUT_FIRST_TOKEN, false",
    "TRUNCATED, TRUNCATED, true",
    "RESET, CONNECTION_LOST, true",
    "MALFORMED, MALFORMED, true",
    "PROVIDER_ERROR, PROVIDER_ERROR, true",
    "STALL, TIMEOUT_IDLE, true",
    "ENDLESS, TIMEOUT_TOTAL, true",
  })
  void eachFaultHasItsOwnOutcome(
      final Fault fault, final Outcome expected, final boolean hasContent) throws Exception {
    for (final Http2 http2 : new Http2[] {Http2.OFF, Http2.EXCLUSIVE, Http2.MULTIPLEXED}) {
      final SimulatorOptions options =
          SimulatorOptions.defaults()
              .withOtherModels(QUICK)
              .withModel("faulty", QUICK.withFault(fault, 5));
      try (SimulatedService service =
          new SimulatedService("openai", options, impatient(expected), http2, LARGE)) {
        final StreamRecord faulty = service.start("faulty").get();

        assertThat(faulty.outcome()).as("%s over http2 %s", fault, http2).isEqualTo(expected);
        assertThat(faulty.content().events() > 0).isEqualTo(hasContent);
        assertThat(faulty.limitNanos().isPresent()).isEqualTo(expected.isTimeout());
        if (!expected.isTimeout()) {
          assertThat(faulty.detail()).isPresent();
          assertThat(faulty.detail().get()).doesNotContain(SimulatedService.KEY);
        }
        final StreamRecord next = service.start("healthy").get();
        assertThat(next.outcome()).as("the stream after %s", fault).isEqualTo(Outcome.COMPLETE);
      }
    }
  }

  @Test
  void aStreamLargerThanItsLimitIsCutOff() throws Exception {
    final SimulatorOptions options = SimulatorOptions.defaults().withOtherModels(QUICK);
    try (SimulatedService service =
        new SimulatedService("openai", options, SimulatedService.PATIENT, Http2.OFF, 1_500)) {
      assertThat(service.start("any").get().outcome()).isEqualTo(Outcome.TOO_LARGE);
    }
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
    final SimulatorOptions options = SimulatorOptions.defaults().withOtherModels(QUICK);
    try (SimulatedService service =
        new SimulatedService("openai", options, SimulatedService.PATIENT, Http2.OFF, LARGE)) {
      final StreamRecord record =
          alone(service.simulator().baseUri() + "/v1", SimulatedService.PATIENT);

      assertThat(record.outcome()).isEqualTo(Outcome.TLS_FAILED);
      assertThat(record.detail().orElse("")).contains("not trusted").contains("ca_bundle");
      assertThat(record.actualStart()).isEmpty();
    }
  }

  @Test
  void aTrustedCertificateForAnotherNameIsRefused(@TempDir final Path directory) throws Exception {
    final Path store = directory.resolve("other.p12");
    final Path authority = directory.resolve("other.pem");
    keytool(
        "-genkeypair -alias other -keyalg EC -dname CN=other -ext san=dns:other.example"
            + " -validity 2 -storetype PKCS12 -storepass not-secret -keystore",
        store);
    keytool(
        "-exportcert -rfc -alias other -storepass not-secret -keystore " + store + " -file",
        authority);
    final KeyStore keys = KeyStore.getInstance(store.toFile(), "not-secret".toCharArray());
    final KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "not-secret".toCharArray());
    final SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    try (ServerSocket server =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      final CompletableFuture<Void> shaken =
          CompletableFuture.runAsync(
              () -> {
                try (Socket socket = server.accept()) {
                  socket.getInputStream().read();
                } catch (final IOException expected) {
                  // The client refuses the certificate.
                }
              });
      final StreamRecord record =
          alone(
              "https://127.0.0.1:" + server.getLocalPort() + "/v1",
              SimulatedService.PATIENT,
              Optional.of(authority));

      assertThat(record.outcome()).isEqualTo(Outcome.TLS_FAILED);
      assertThat(record.detail().orElse("")).contains("is for another name");
      shaken.get();
    }
  }

  private static void keytool(final String arguments, final Path file) throws Exception {
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ", -1)));
    command.add(file.toString());
    final Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void anErrorStatusStandsEvenWhereItsBodyNeverEnds() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      final CompletableFuture<Void> answered =
          CompletableFuture.runAsync(
              () -> {
                try (Socket socket = server.accept()) {
                  socket
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 99\r\n\r\n{"
                              .getBytes(StandardCharsets.US_ASCII));
                  socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (final IOException expected) {
                  // The client hangs up.
                }
              });
      final StreamRecord record =
          alone(
              "http://127.0.0.1:" + server.getLocalPort() + "/v1", impatient(Outcome.TIMEOUT_IDLE));

      assertThat(record.outcome()).isEqualTo(Outcome.RATE_LIMITED);
      assertThat(record.limitNanos()).isEmpty();
      answered.get();
    }
  }

  @Test
  void aRefusedConnectionIsAnOutcome() throws Exception {
    final int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    final StreamRecord record =
        alone("https://127.0.0.1:" + port + "/v1", SimulatedService.PATIENT);

    assertThat(record.outcome()).isEqualTo(Outcome.CONNECT_FAILED);
    assertThat(record.detail().orElse("")).contains("127.0.0.1:" + port).contains("refuses");
  }

  @Test
  void anUnknownHostIsAnOutcome() throws Exception {
    final StreamRecord record = alone("https://no-such-host.invalid/v1", SimulatedService.PATIENT);

    assertThat(record.outcome()).isEqualTo(Outcome.CONNECT_FAILED);
    assertThat(record.detail().orElse("")).contains("resolved");
  }

  @Test
  void aServerThatNeverShakesHandsEndsInTheConnectDeadline() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      final StreamRecord record =
          alone(
              "https://127.0.0.1:" + silent.getLocalPort() + "/v1",
              impatient(Outcome.TIMEOUT_CONNECT));

      assertThat(record.outcome()).isEqualTo(Outcome.TIMEOUT_CONNECT);
      assertThat(record.limitNanos()).hasValue(Duration.ofMillis(400).toNanos());
    }
  }

  @Test
  void streamsUnderWayWhenTheHarnessClosesEndAsCancelled() throws Exception {
    final SimulatorOptions options =
        SimulatorOptions.defaults().withModel("silent", QUICK.withFault(Fault.NO_HEADERS, 0));
    final CompletableFuture<StreamRecord> stream;
    try (SimulatedService service =
        new SimulatedService("openai", options, SimulatedService.PATIENT, Http2.OFF, LARGE)) {
      stream = service.start("silent");
    }
    assertThat(stream.get().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void aKeyThatTheServerEchoesIsTakenOutOfTheRecord() throws Exception {
    final SimulatorOptions options = SimulatorOptions.defaults().withOtherModels(QUICK);
    try (SimulatedService service =
        new SimulatedService("openai", options, SimulatedService.PATIENT, Http2.OFF, LARGE)) {
      // The simulator repeats the model's name in each event, as the services do.
      final StreamRecord record = service.start("model-" + SimulatedService.KEY).get();

      assertThat(record.outcome()).isEqualTo(Outcome.COMPLETE);
      assertThat(record.attributes()).containsEntry(StreamAttribute.MODEL, "model-[redacted]");
    }
  }

  private static StreamRecord alone(final String baseUrl, final Deadlines deadlines)
      throws IOException, InterruptedException, ExecutionException {
    return alone(baseUrl, deadlines, Optional.empty());
  }

  private static StreamRecord alone(
      final String baseUrl, final Deadlines deadlines, final Optional<Path> caBundle)
      throws IOException, InterruptedException, ExecutionException {
    final Endpoint endpoint = SimulatedService.endpoint("openai", URI.create(baseUrl), caBundle);
    try (StreamingHarness harness =
        SimulatedService.open(endpoint, deadlines, Http2.EXCLUSIVE, LARGE)) {
      return SimulatedService.start(harness, endpoint, "any").get();
    }
  }
}
