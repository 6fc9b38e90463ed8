package dev.latencylens.harness.provider.vertex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.UserCredentials;
import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.CredentialsException;
import dev.latencylens.harness.provider.WireRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Access tokens from a token endpoint on loopback, through Google's own library. */
final class GoogleTokensTest {
  private static final int FRESH = 3600;

  /** So near its end that Google's library renews it, and goes on with it where that fails. */
  private static final int SOON_TO_EXPIRE = 200;

  /** So near its end that Google's library does not use it any more. */
  private static final int AS_GOOD_AS_EXPIRED = 1;

  private static final WireRequest REQUEST =
      new WireRequest(URI.create("https://host/x"), List.of(), new byte[0]);

  private final TokenEndpoint endpoint;

  GoogleTokensTest() throws IOException {
    endpoint = new TokenEndpoint();
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  private UserCredentials.Builder user() {
    return UserCredentials.newBuilder()
        .setClientId("client")
        .setClientSecret("made-up")
        .setRefreshToken("made-up")
        .setTokenServerUri(endpoint.uri());
  }

  private Credentials credentials() {
    return new GoogleTokens(user().build());
  }

  private static Map<String, String> headers(final Credentials credentials)
      throws CredentialsException {
    final Map<String, String> headers = new TreeMap<>();
    credentials.authenticate(REQUEST, headers::put);
    return headers;
  }

  @Test
  void aTokenIsFetchedByRefreshAndKeptWhileItIsFresh() throws Exception {
    try (Credentials credentials = credentials()) {
      for (int stream = 0; stream < 3; stream++) {
        credentials.refresh();
        assertThat(headers(credentials))
            .containsOnly(Map.entry("Authorization", "Bearer token-MARKED-1"));
      }
    }
    assertThat(endpoint.handedOut()).isEqualTo(1);
  }

  @Test
  void anExpiringTokenIsRenewedBetweenStreamsAndNeverWithinOne() throws Exception {
    endpoint.handsOutTokensFor(AS_GOOD_AS_EXPIRED);
    try (Credentials credentials = credentials()) {
      credentials.refresh();
      endpoint.handsOutTokensFor(FRESH);

      assertThat(headers(credentials)).containsValue("Bearer token-MARKED-1");
      assertThat(headers(credentials)).containsValue("Bearer token-MARKED-1");
      assertThat(endpoint.handedOut()).isEqualTo(1);

      credentials.refresh();
      assertThat(headers(credentials)).containsValue("Bearer token-MARKED-2");
    }
  }

  @Test
  void whileATokenIsRenewedOthersGoOnWithTheLast() throws Exception {
    endpoint.handsOutTokensFor(SOON_TO_EXPIRE);
    try (Credentials credentials = credentials()) {
      credentials.refresh();
      endpoint.nextAsked();
      endpoint.handsOutTokensFor(FRESH);
      endpoint.hangs();
      final CompletableFuture<Void> renewal = CompletableFuture.runAsync(credentials::refresh);
      endpoint.nextAsked();

      assertTimeoutPreemptively(
          Duration.ofSeconds(30),
          () -> {
            credentials.refresh();
            assertThat(headers(credentials)).containsValue("Bearer token-MARKED-1");
            assertThat(credentials.redact("token-MARKED-1")).doesNotContain("MARKED");
          });
      assertThat(renewal).isNotDone();

      endpoint.answersAgain();
      renewal.get(30, TimeUnit.SECONDS);
      assertThat(headers(credentials)).containsValue("Bearer token-MARKED-2");
    }
  }

  @Test
  void aRenewalThatFailsIsNotToldWhileTheTokenHolds() throws Exception {
    endpoint.handsOutTokensFor(SOON_TO_EXPIRE);
    try (Credentials credentials = credentials()) {
      credentials.refresh();
      endpoint.refuses();
      credentials.refresh();

      assertThat(headers(credentials)).containsValue("Bearer token-MARKED-1");
    }
  }

  @Test
  void withoutAValidTokenARequestIsNotSentAndNobodysTextIsRepeated() throws Exception {
    endpoint.handsOutTokensFor(AS_GOOD_AS_EXPIRED);
    try (Credentials credentials = credentials()) {
      assertThatThrownBy(() -> headers(credentials)).isInstanceOf(CredentialsException.class);
      credentials.refresh();
      endpoint.refuses();
      credentials.refresh();

      assertThatThrownBy(() -> headers(credentials))
          .isInstanceOf(CredentialsException.class)
          .hasMessageContaining("gcloud auth application-default login")
          .hasMessageNotContaining("FREETEXT")
          .hasNoCause();

      endpoint.handsOutTokensFor(FRESH);
      credentials.refresh();
      assertThat(headers(credentials)).containsValue("Bearer token-MARKED-2");
    }
  }

  @Test
  void thisTokenAndTheLastAreTakenOutOfWhatAServerEchoes() {
    endpoint.handsOutTokensFor(AS_GOOD_AS_EXPIRED);
    try (Credentials credentials = credentials()) {
      credentials.refresh();
      assertThat(credentials.redact("you sent token-MARKED-1"))
          .doesNotContain("MARKED")
          .contains("you sent");

      credentials.refresh();
      assertThat(credentials.redact("token-MARKED-1 or token-MARKED-2"))
          .doesNotContain("MARKED")
          .contains(" or ");

      endpoint.refuses();
      credentials.refresh();
      assertThat(credentials.redact("token-MARKED-2")).doesNotContain("MARKED");
    }
  }

  @Test
  void aQuotaProjectIsNamed() throws Exception {
    try (Credentials credentials =
        new GoogleTokens(user().setQuotaProjectId("billed-project").build())) {
      credentials.refresh();

      assertThat(headers(credentials)).containsEntry("x-goog-user-project", "billed-project");
    }
  }

  @Test
  void aServiceAccountAsksForTheScopeOfGoogleCloud() throws Exception {
    final GoogleCredentials account =
        GoogleCredentials.fromStream(new ByteArrayInputStream(serviceAccount().getBytes(UTF_8)));
    try (Credentials credentials = VertexProvider.tokens(account)) {
      credentials.refresh();

      assertThat(headers(credentials)).containsValue("Bearer token-MARKED-1");
    }
    final String form = URLDecoder.decode(endpoint.nextAsked(), UTF_8);
    final String claims = form.replaceFirst(".*assertion=[^.]*\\.", "").replaceFirst("\\..*", "");
    final JsonNode said = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(claims));
    assertThat(said.path("iss").asText()).isEqualTo("bench@my-project.iam.gserviceaccount.com");
    assertThat(said.path("scope").asText())
        .isEqualTo("https://www.googleapis.com/auth/cloud-platform");
  }

  private String serviceAccount() throws Exception {
    final String key =
        Base64.getMimeEncoder()
            .encodeToString(
                KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded());
    return new ObjectMapper()
        .writeValueAsString(
            Map.of(
                "type", "service_account",
                "project_id", "my-project",
                "client_id", "1",
                "client_email", "bench@my-project.iam.gserviceaccount.com",
                "private_key_id", "k1",
                "private_key",
                    "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n",
                "token_uri", endpoint.uri().toString()));
  }

  @Test
  void nothingIsHeldAfterClosing() {
    final Credentials credentials = credentials();
    credentials.refresh();
    credentials.close();
    credentials.refresh();
    credentials.close();

    assertThatThrownBy(() -> headers(credentials)).isInstanceOf(CredentialsException.class);
  }
}
