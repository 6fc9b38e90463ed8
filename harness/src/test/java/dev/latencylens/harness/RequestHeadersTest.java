package dev.latencylens.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.config.HeaderValue;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.config.KeyReference;
import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.limit.RateLimiter;
import dev.latencylens.harness.limit.RetryAfter;
import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.CredentialsException;
import dev.latencylens.harness.provider.HeaderSetter;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.secret.KeyLocation;
import dev.latencylens.harness.secret.KeyRing;
import dev.latencylens.harness.secret.MadeUpKeys;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.secret.VaultSettings;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.transport.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a target's requests have in their heads, and what is kept of the responses'. */
final class RequestHeadersTest {
  private static final String KEY = "sk-MARKED-0123456789";
  private static final String GATEWAY_KEY = "gw-MARKED-9876543210";
  private static final Map<String, String> ENVIRONMENT =
      Map.of("OPENAI_API_KEY", KEY, "GATEWAY_KEY", GATEWAY_KEY);
  private static final String STREAM =
      "data: {\"id\":\"c1\",\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: [DONE]\n\n";

  private final BlockingQueue<Headers> asked = new LinkedBlockingQueue<>();
  private final Headers answered = new Headers();
  private final HttpServer server;

  RequestHeadersTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestHeaders());
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().putAll(answered);
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(STREAM.getBytes(UTF_8));
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Target target(final Map<String, HeaderValue> headers) {
    return new Target(
        "mine",
        "openai",
        "m",
        Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
        Network.DEFAULT,
        new KeyReference.ProviderDefault(),
        TargetOptions.NONE,
        headers,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static HeaderValue secret(final String variable) {
    return new HeaderValue.Secret(List.of(new KeyLocation.Environment(variable)));
  }

  private static Endpoint open(final Target target) throws MissingKeyException {
    return TargetEndpoint.open(
        target,
        Providers.load(),
        new KeyRing(ENVIRONMENT, Optional.empty(), VaultSettings.FROM_ENVIRONMENT));
  }

  private static StreamRecord stream(final Endpoint endpoint) throws IOException {
    try (StreamingHarness harness =
        SimulatedService.open(endpoint, Deadlines.DEFAULT, Http2.OFF, 1 << 20)) {
      return harness.stream(
              endpoint,
              RateLimiter.unlimited(System::nanoTime),
              StreamRequest.of("r1", "m", "Hi", 5),
              System.nanoTime())
          .join();
    }
  }

  @Test
  void aTargetsHeadersGoWithEachRequest() throws Exception {
    final Endpoint endpoint =
        open(
            target(
                Map.of(
                    "X-Gateway", new HeaderValue.Literal("blue, green"),
                    "X-Gateway-Token", secret("GATEWAY_KEY"),
                    "Accept", new HeaderValue.Literal("text/event-stream;q=1"))));

    assertThat(stream(endpoint).outcome()).isEqualTo(Outcome.COMPLETE);

    final Headers sent = asked.take();
    assertThat(sent.get("X-Gateway")).containsExactly("blue, green");
    assertThat(sent.get("X-Gateway-Token")).containsExactly(GATEWAY_KEY);
    assertThat(sent.get("Accept")).containsExactly("text/event-stream;q=1");
    assertThat(sent.get("Authorization")).containsExactly("Bearer " + KEY);
    assertThat(sent.get("Accept-Encoding")).containsExactly("identity");
    assertThat(sent.get("Content-Type")).containsExactly("application/json");
    assertThat(endpoint.toString()).doesNotContain("MARKED");
  }

  @Test
  void aSecretHeaderThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> open(target(Map.of("X-Key", secret("NOT_SET")))))
        .isInstanceOf(MissingKeyException.class)
        .hasMessage("set NOT_SET: target mine needs a key");
  }

  @Test
  void whatTheResponsesHeadSaysIsKeptWithoutSecrets() throws Exception {
    answered.set("X-Request-Id", "req_1 " + KEY);
    answered.set("x-ratelimit-remaining-tokens", "149");
    answered.set("Anthropic-RateLimit-Requests-Reset", "2026-11-23T00:00:00Z");
    answered.set("RateLimit-Policy", "\"" + GATEWAY_KEY + "\";q=1");
    answered.set("Retry-After", "3");
    answered.set("Retry-After-Ms", "2900");
    answered.set("X-Other", "no");

    final StreamRecord record =
        stream(open(target(Map.of("X-Gateway-Token", secret("GATEWAY_KEY")))));

    assertThat(record.serverRequestId()).contains("req_1 [redacted]");
    assertThat(record.rateLimits())
        .containsOnly(
            Map.entry("x-ratelimit-remaining-tokens", "149"),
            Map.entry("anthropic-ratelimit-requests-reset", "2026-11-23T00:00:00Z"),
            Map.entry("ratelimit-policy", "\"[redacted]\";q=1"),
            Map.entry("retry-after", "3"),
            Map.entry("retry-after-ms", "2900"),
            Map.entry("date", record.rateLimits().getOrDefault("date", "none")));
    assertThat(RetryAfter.ofRefusal(record.rateLimits(), Instant.EPOCH, Duration.ofMinutes(1)))
        .contains(Duration.ofMillis(2900));
  }

  @Test
  void aDateToComeBackAtIsCountedByTheServersOwnClock() throws Exception {
    answered.set("Retry-After", "Tue, 31 Dec 2199 23:59:59 GMT");

    final Map<String, String> limits = stream(open(target(Map.of()))).rateLimits();
    final Instant serverNow =
        ZonedDateTime.parse(limits.get("date"), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();

    assertThat(RetryAfter.ofRefusal(limits, Instant.EPOCH, Duration.ofDays(100_000)))
        .contains(Duration.between(serverNow, Instant.parse("2199-12-31T23:59:59Z")));
  }

  @Test
  void aTargetWithoutAKeySendsNoneButTheSimulatorGetsAMadeUpOne() throws Exception {
    final Target keyless =
        new Target(
            "mine",
            "openai",
            "m",
            Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
            Network.DEFAULT,
            new KeyReference.None(),
            TargetOptions.NONE,
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    stream(open(keyless));
    stream(TargetEndpoint.open(keyless, Providers.load(), new MadeUpKeys()));

    assertThat(asked.take().containsKey("Authorization")).isFalse();
    assertThat(asked.take().get("Authorization"))
        .containsExactly("Bearer made-up-key-for-the-simulator");
  }

  @Test
  void headersWithoutEndAreKeptInBounds() throws Exception {
    for (int i = 0; i < 60; i++) {
      answered.set("x-ratelimit-" + i, "v".repeat(500));
    }
    answered.set("Retry-After", "v".repeat(500));

    final StreamRecord record = stream(open(target(Map.of())));

    assertThat(record.rateLimits()).hasSize(24);
    assertThat(record.rateLimits()).containsKeys("retry-after", "date");
    assertThat(record.rateLimits().values()).allMatch(value -> value.length() <= 128);
  }

  @Test
  void withoutValidCredentialsNothingIsSentAndTheRecordSaysWhy() throws Exception {
    final Endpoint endpoint = open(target(Map.of()));
    final Endpoint expired =
        new Endpoint(
            endpoint.name(),
            endpoint.provider(),
            endpoint.api(),
            endpoint.baseUrl(),
            endpoint.network(),
            endpoint.proxy(),
            Map.of(),
            new Credentials() {
              @Override
              public void authenticate(final WireRequest request, final HeaderSetter headers)
                  throws CredentialsException {
                throw new CredentialsException("log in anew");
              }

              @Override
              public String redact(final String text) {
                return text;
              }

              @Override
              public void close() {}
            });

    final StreamRecord record = stream(expired);

    assertThat(record.outcome()).isEqualTo(Outcome.AUTH_FAILED);
    assertThat(record.detail()).contains("log in anew");
    assertThat(record.actualStart()).isEmpty();
    assertThat(asked).isEmpty();
  }
}
