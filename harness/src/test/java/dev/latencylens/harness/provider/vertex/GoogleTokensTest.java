package dev.latencylens.harness.provider.vertex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.oauth2.UserCredentials;
import com.sun.net.httpserver.HttpServer;
import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.CredentialsException;
import dev.latencylens.harness.provider.WireRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Access tokens from a token endpoint on loopback, through Google's own library. */
final class GoogleTokensTest {
  private static final int FRESH = 3600;

  /** Within the time before its end in which Google's library renews a token at once. */
  private static final int AS_GOOD_AS_EXPIRED = 1;

  private static final WireRequest REQUEST =
      new WireRequest(URI.create("https://host/x"), List.of(), new byte[0]);

  private final AtomicInteger handedOut = new AtomicInteger();
  private final HttpServer server;
  private volatile int lifetimeSeconds = FRESH;
  private volatile int status = 200;

  GoogleTokensTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/token",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          final byte[] answer =
              (status == 200
                      ? "{\"access_token\":\"token-MARKED-"
                          + handedOut.incrementAndGet()
                          + "\",\"expires_in\":"
                          + lifetimeSeconds
                          + ",\"token_type\":\"Bearer\"}"
                      : "{\"error\":\"invalid_grant\",\"error_description\":\"FREETEXT\"}")
                  .getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Credentials credentials(final String quotaProject) {
    final UserCredentials.Builder builder =
        UserCredentials.newBuilder()
            .setClientId("client")
            .setClientSecret("made-up")
            .setRefreshToken("made-up")
            .setTokenServerUri(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token"));
    if (!quotaProject.isEmpty()) {
      builder.setQuotaProjectId(quotaProject);
    }
    return new GoogleTokens(builder.build());
  }

  private static Map<String, String> headers(final Credentials credentials)
      throws CredentialsException {
    final Map<String, String> headers = new TreeMap<>();
    credentials.authenticate(REQUEST, headers::put);
    return headers;
  }

  @Test
  void aTokenIsFetchedByRefreshAndKeptWhileItIsFresh() throws Exception {
    try (Credentials credentials = credentials("")) {
      for (int stream = 0; stream < 3; stream++) {
        credentials.refresh();
        assertThat(headers(credentials))
            .containsOnly(Map.entry("Authorization", "Bearer token-MARKED-1"));
      }
    }
    assertThat(handedOut).hasValue(1);
  }

  @Test
  void anExpiringTokenIsRenewedBetweenStreamsAndNeverWithinOne() throws Exception {
    lifetimeSeconds = AS_GOOD_AS_EXPIRED;
    try (Credentials credentials = credentials("")) {
      credentials.refresh();
      lifetimeSeconds = FRESH;

      assertThat(headers(credentials)).containsValue("Bearer token-MARKED-1");
      assertThat(headers(credentials)).containsValue("Bearer token-MARKED-1");
      assertThat(handedOut).hasValue(1);

      credentials.refresh();
      assertThat(headers(credentials)).containsValue("Bearer token-MARKED-2");
    }
  }

  @Test
  void withoutAValidTokenARequestIsNotSentAndNobodysTextIsRepeated() throws Exception {
    lifetimeSeconds = AS_GOOD_AS_EXPIRED;
    try (Credentials credentials = credentials("")) {
      assertThatThrownBy(() -> headers(credentials)).isInstanceOf(CredentialsException.class);
      credentials.refresh();
      status = 400;
      credentials.refresh();

      assertThatThrownBy(() -> headers(credentials))
          .isInstanceOf(CredentialsException.class)
          .hasMessageContaining("gcloud auth application-default login")
          .hasMessageNotContaining("FREETEXT")
          .hasNoCause();

      status = 200;
      credentials.refresh();
      assertThat(headers(credentials)).containsValue("Bearer token-MARKED-2");
    }
  }

  @Test
  void theTokenIsTakenOutOfWhatAServerEchoes() {
    try (Credentials credentials = credentials("")) {
      credentials.refresh();

      assertThat(credentials.redact("you sent token-MARKED-1"))
          .doesNotContain("MARKED")
          .contains("you sent");
    }
  }

  @Test
  void aQuotaProjectIsNamed() throws Exception {
    try (Credentials credentials = credentials("billed-project")) {
      credentials.refresh();

      assertThat(headers(credentials)).containsEntry("x-goog-user-project", "billed-project");
    }
  }
}
