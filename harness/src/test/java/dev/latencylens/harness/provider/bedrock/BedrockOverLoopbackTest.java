package dev.latencylens.harness.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latencylens.harness.StreamingHarness;
import dev.latencylens.harness.config.Connections;
import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.limit.RateLimiter;
import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.CredentialsException;
import dev.latencylens.harness.provider.Keys;
import dev.latencylens.harness.provider.Recorded;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.secret.Secret;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.transport.Endpoint;
import dev.latencylens.harness.transport.TransportSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;

/** Signatures are checked as a service checks them: from the bytes that arrived. */
final class BedrockOverLoopbackTest {
  private static final String MODEL =
      "arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.some-model-v1:0";
  private static final String FULL_URI = "aws.containerCredentialsFullUri";

  private final BedrockProvider provider = new BedrockProvider();
  private final TargetOptions options =
      new TargetOptions(Map.of("region", new TextNode("eu-central-1")));
  private final AtomicReference<NaiveSigV4> received = new AtomicReference<>();
  private final AtomicReference<String> securityToken = new AtomicReference<>("");
  private final AtomicReference<Duration> lifetime = new AtomicReference<>(Duration.ofHours(6));
  private final AtomicInteger handedOut = new AtomicInteger();

  private HttpServer server;

  /** The simulator's keys: nothing real may be looked for. */
  private static final class MadeUp implements Keys {
    @Override
    public Secret read(final String ownVariable) {
      throw new IllegalStateException("no key is needed");
    }

    @Override
    public boolean named() {
      return false;
    }

    @Override
    public boolean has(final String variable) {
      return false;
    }

    @Override
    public boolean madeUp() {
      return true;
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/model/", this::stream);
    server.createContext("/credentials", this::handOut);
    server.start();
  }

  @AfterEach
  void stop() {
    System.clearProperty(FULL_URI);
    server.stop(0);
  }

  private URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private NaiveSigV4 received() {
    return Objects.requireNonNull(received.get(), "no request arrived");
  }

  private void stream(final HttpExchange exchange) throws IOException {
    final Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((n, values) -> headers.put(n.toLowerCase(Locale.ROOT), String.join(",", values)));
    securityToken.set(headers.getOrDefault("x-amz-security-token", ""));
    received.set(
        new NaiveSigV4(
            exchange.getRequestURI().getRawPath(),
            headers,
            exchange.getRequestBody().readAllBytes()));
    final StreamApi api = new ConverseStream(new BedrockRuntime("eu-central-1"));
    final byte[] body =
        new Recorded(api, "bedrock-converse", text -> AwsMessages.ofLines(text, json -> json))
            .bytes("answer");
    exchange.getResponseHeaders().set("Content-Type", "application/vnd.amazon.eventstream");
    exchange.getResponseHeaders().set("x-amzn-RequestId", "request-1");
    respond(exchange, body);
  }

  private void handOut(final HttpExchange exchange) throws IOException {
    if (Duration.ZERO.equals(lifetime.get())) {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    final int count = handedOut.incrementAndGet();
    final String json =
        String.format(
            Locale.ROOT,
            "{\"AccessKeyId\":\"ACCESSKEYID%s\",\"SecretAccessKey\":\"secret-access-key-%s\","
                + "\"Token\":\"session-token-%s\",\"Expiration\":\"%s\"}",
            count,
            count,
            count,
            Instant.now().plus(lifetime.get()));
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    respond(exchange, json.getBytes(UTF_8));
  }

  private static void respond(final HttpExchange exchange, final byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private StreamRecord measure(final Credentials credentials) throws Exception {
    final Endpoint endpoint =
        new Endpoint(
            "target",
            provider.id(),
            provider.api(options),
            base(),
            Network.DEFAULT,
            Optional.empty(),
            // A configuration may replace what the signature does not cover.
            Map.of("Accept", "*/*"),
            credentials);
    try (StreamingHarness harness =
        StreamingHarness.open(
            new TransportSettings(
                Deadlines.DEFAULT, Http2.OFF, Connections.DEFAULT, 64L << 20, 8L << 20, false),
            List.of(endpoint))) {
      return harness.stream(
              endpoint,
              RateLimiter.unlimited(System::nanoTime),
              StreamRequest.of("r1", MODEL, "Say \"héllo\".", 64),
              System.nanoTime())
          .get();
    }
  }

  @Test
  void whatArrivesCarriesAValidSignatureOfMadeUpCredentials() throws Exception {
    try (Credentials credentials = provider.credentials(options, new MadeUp())) {
      final StreamRecord record = measure(credentials);

      assertThat(record.outcome()).isEqualTo(Outcome.COMPLETE);
      assertThat(record.serverRequestId()).contains("request-1");
      assertThat(record.usage().outputTokens()).hasValue(7);
      assertThat(record.attributes())
          .containsEntry(StreamAttribute.REGION, "eu-central-1")
          .containsEntry(StreamAttribute.SERVER_NANOS, "1544000000");
    }
    assertThat(received().signature())
        .isEqualTo(received().expected("made-up-secret-for-the-simulator"));
    assertThat(received().accessKeyId()).isEqualTo("MADEUPFORTHESIMULATOR");
    assertThat(received().region()).isEqualTo("eu-central-1");
    assertThat(received().service()).isEqualTo("bedrock");
    assertThat(received().signedHeaders().split(";", -1))
        .contains("content-type", "host", "x-amz-date", "x-amz-security-token");
    assertThat(securityToken.get()).isEqualTo("made-up-session-token-for-the-simulator");
  }

  @Test
  void credentialsOfAContainerAreAskedForOnceWhileTheyHold() throws Exception {
    System.setProperty(FULL_URI, base() + "/credentials");
    try (Credentials credentials =
        SigV4Credentials.renewing(ContainerCredentialsProvider.builder().build(), "eu-central-1")) {
      for (int i = 0; i < 3; i++) {
        credentials.refresh();
        assertThat(measure(credentials).outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(received().accessKeyId()).isEqualTo("ACCESSKEYID1");
        assertThat(received().signature()).isEqualTo(received().expected("secret-access-key-1"));
      }
    }
    assertThat(handedOut).hasValue(1);
  }

  @Test
  void credentialsThatExpireAreRenewedBetweenStreams() throws Exception {
    System.setProperty(FULL_URI, base() + "/credentials");
    lifetime.set(Duration.ofSeconds(1));
    try (Credentials credentials =
        SigV4Credentials.renewing(ContainerCredentialsProvider.builder().build(), "eu-central-1")) {
      credentials.refresh();
      measure(credentials);
      assertThat(received().accessKeyId()).isEqualTo("ACCESSKEYID1");

      final long giveUp = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (handedOut.get() == 1 && System.nanoTime() < giveUp) {
        // What is awaited is the passing of their lifetime, by the library's own clock.
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        credentials.refresh();
      }
      final int count = handedOut.get();
      measure(credentials);

      assertThat(count).isGreaterThan(1);
      assertThat(handedOut).as("nothing is renewed within a stream").hasValue(count);
      assertThat(received().accessKeyId()).isEqualTo("ACCESSKEYID" + count);
      assertThat(received().signature())
          .isEqualTo(received().expected("secret-access-key-" + count));
      assertThat(securityToken.get()).isEqualTo("session-token-" + count);
    }
  }

  @Test
  void nothingIsSignedOnceTheyExpiredAndCannotBeRenewed() {
    System.setProperty(FULL_URI, base() + "/credentials");
    lifetime.set(Duration.ofSeconds(1));
    try (Credentials credentials =
        SigV4Credentials.renewing(ContainerCredentialsProvider.builder().build(), "eu-central-1")) {
      credentials.refresh();
      lifetime.set(Duration.ZERO);

      final long giveUp = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      Optional<CredentialsException> refused = Optional.empty();
      while (refused.isEmpty() && System.nanoTime() < giveUp) {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        credentials.refresh();
        refused = refusal(credentials);
      }

      assertThat(refused.orElseThrow()).hasNoCause().hasMessageContaining("expired");
    }
  }

  private Optional<CredentialsException> refusal(final Credentials credentials) {
    try {
      credentials.authenticate(
          new WireRequest(base(), BedrockRuntime.HEADERS, new byte[0]), (name, value) -> {});
      return Optional.empty();
    } catch (final CredentialsException e) {
      return Optional.of(e);
    }
  }
}
