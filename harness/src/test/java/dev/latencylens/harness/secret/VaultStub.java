package dev.latencylens.harness.secret;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.latencylens.harness.secret.VaultSettings.Login;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers as Vault's HTTP API documents them (API documentation of the KV secrets engines and of
 * the AppRole and Kubernetes auth methods, looked up 2026-11-23; {@link VaultServerTest} holds them
 * against a real server). What must not be told is marked.
 */
final class VaultStub implements AutoCloseable {
  static final String TOKEN = "hvs.MARKED-token";
  static final String VALUE = "sk-MARKED-value-0001";
  static final KeyLocation.Vault KEY = new KeyLocation.Vault("secret/llm/openai", "api_key", 2);
  static final String DATA_URL = "/v1/secret/data/llm/openai";
  static final String DATA =
      """
      {"request_id":"a","lease_id":"","renewable":false,"lease_duration":0,"data":{"data":\
      {"api_key":"sk-MARKED-value-0001","other":{"a":1}},"metadata":{"created_time":\
      "2026-11-23T00:00:00Z","deletion_time":"","destroyed":false,"version":3}},"warnings":null}
      """;

  final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());
  private long now;

  VaultStub() {
    server.start();
  }

  /** Lets time pass for the clock that the keys look at. */
  void pass(final Duration time) {
    now += time.toNanos();
  }

  VaultKeys keys() {
    return keys(new Login.Token(Optional.of(new KeyLocation.Environment("T"))));
  }

  VaultKeys keys(final Login login) {
    return keys(login, Optional.empty(), VaultConnection.PATIENCE);
  }

  VaultKeys keys(final Login login, final Optional<String> namespace, final Duration patience) {
    final EnvironmentKeys places =
        new EnvironmentKeys(Map.of("T", TOKEN, "ROLE", "role-1", "SECRET", "MARKED-secret"));
    return new VaultKeys(
        new VaultSettings(
            Optional.of(URI.create(server.baseUrl())), namespace, Optional.empty(), login),
        Map.of(),
        place -> places.read((KeyLocation.Environment) place),
        () -> now,
        patience);
  }

  static Login.AppRole appRole(final String mount) {
    return new Login.AppRole(
        mount, new KeyLocation.Environment("ROLE"), new KeyLocation.Environment("SECRET"));
  }

  static ResponseDefinitionBuilder granted(
      final String token, final int leaseSeconds, final boolean renewable) {
    return okJson(
        """
        {"request_id":"a","lease_id":"","renewable":false,"lease_duration":0,"data":null,\
        "wrap_info":null,"warnings":null,"auth":{"client_token":"%s","accessor":"b",\
        "policies":["default"],"token_policies":["default"],"metadata":{"role_name":"c"},\
        "lease_duration":%d,"renewable":%b,"entity_id":"d","token_type":"service",\
        "orphan":true,"mfa_requirement":null,"num_uses":0}}"""
            .formatted(token, leaseSeconds, renewable));
  }

  /** A role's login that is granted, a key that may be read, and a token that may be given back. */
  void grants(final String token, final int leaseSeconds, final boolean renewable) {
    server.stubFor(
        post("/v1/auth/approle/login").willReturn(granted(token, leaseSeconds, renewable)));
    server.stubFor(get(DATA_URL).willReturn(okJson(DATA)));
    server.stubFor(post("/v1/auth/token/revoke-self").willReturn(aResponse().withStatus(204)));
  }

  /** What Vault says of the engine that is mounted at a path. */
  void mounts(final String path, final String mount, final String type, final int version) {
    server.stubFor(
        get("/v1/sys/internal/ui/mounts/" + path)
            .willReturn(
                okJson(
                    """
                    {"request_id":"a","lease_id":"","renewable":false,"lease_duration":0,"data":\
                    {"path":"%s","type":"%s","options":{"version":"%d"}},"warnings":null}"""
                        .formatted(mount, type, version))));
  }

  static String value(final Optional<FoundKey> key) {
    final List<String> seen = new ArrayList<>();
    try (Secret secret = key.orElseThrow().secret()) {
      secret.use(seen::add);
    }
    return seen.get(0);
  }

  /** The sentence with which a key is refused, after making sure that it tells nothing. */
  static <L extends KeyLocation> String refusal(final KeyReader<L> keys, final L location) {
    final KeyAccessException refused =
        catchThrowableOfType(KeyAccessException.class, () -> keys.read(location));
    assertThat(refused).hasNoCause().hasNoSuppressedExceptions();
    assertThat(refused.getMessage()).doesNotContain("MARKED");
    return refused.getMessage();
  }

  @Override
  public void close() {
    server.stop();
  }
}
