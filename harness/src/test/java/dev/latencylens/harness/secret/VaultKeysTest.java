package dev.latencylens.harness.secret;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.latencylens.harness.secret.VaultSettings.Login;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The driver's own requests, against answers as Vault's HTTP API documents them (API documentation
 * of the KV secrets engines and of the AppRole and Kubernetes auth methods, looked up 2026-11-23).
 */
final class VaultKeysTest {
  private static final String TOKEN = "hvs.MARKED-token";
  private static final String VALUE = "sk-MARKED-value-0001";
  private static final KeyLocation.Vault KEY =
      new KeyLocation.Vault("secret/llm/openai", "api_key", 2);
  private static final String DATA_URL = "/v1/secret/data/llm/openai";
  private static final String DATA =
      """
      {"request_id":"a","lease_id":"","renewable":false,"lease_duration":0,"data":{"data":\
      {"api_key":"sk-MARKED-value-0001","other":"x"},"metadata":{"created_time":\
      "2026-11-23T00:00:00Z","deletion_time":"","destroyed":false,"version":3}},"warnings":null}
      """;

  private final WireMockServer vault = new WireMockServer(wireMockConfig().dynamicPort());

  @BeforeEach
  void start() {
    vault.start();
  }

  @AfterEach
  void stop() {
    vault.stop();
  }

  private VaultKeys keys(final Login login, final Optional<String> namespace) {
    final EnvironmentKeys places =
        new EnvironmentKeys(Map.of("T", TOKEN, "ROLE", "role-1", "SECRET", "MARKED-secret"));
    return new VaultKeys(
        new VaultSettings(
            Optional.of(URI.create(vault.baseUrl())), namespace, Optional.empty(), login),
        Map.of(),
        place -> places.read((KeyLocation.Environment) place));
  }

  private VaultKeys keys() {
    return keys(new Login.Token(Optional.of(new KeyLocation.Environment("T"))), Optional.empty());
  }

  private static Login.AppRole appRole(final String mount) {
    return new Login.AppRole(
        mount, new KeyLocation.Environment("ROLE"), new KeyLocation.Environment("SECRET"));
  }

  private static ResponseDefinitionBuilder granted(final String token, final int leaseSeconds) {
    return okJson(
        """
        {"request_id":"a","lease_id":"","renewable":false,"lease_duration":0,"data":null,\
        "wrap_info":null,"warnings":null,"auth":{"client_token":"%s","accessor":"b",\
        "policies":["default"],"token_policies":["default"],"metadata":{"role_name":"c"},\
        "lease_duration":%d,"renewable":true,"entity_id":"d","token_type":"service",\
        "orphan":true,"mfa_requirement":null,"num_uses":0}}"""
            .formatted(token, leaseSeconds));
  }

  private static String value(final Optional<FoundKey> key) {
    final List<String> seen = new ArrayList<>();
    try (Secret secret = key.orElseThrow().secret()) {
      secret.use(seen::add);
    }
    return seen.get(0);
  }

  private static String refusal(final VaultKeys keys) {
    final KeyAccessException refused =
        catchThrowableOfType(KeyAccessException.class, () -> keys.read(KEY));
    assertThat(refused).hasNoCause();
    assertThat(refused.getMessage()).doesNotContain("MARKED");
    return refused.getMessage();
  }

  @Test
  void aFieldOfVersionTwoIsReadWithTheTokenAndTheNamespace() throws Exception {
    vault.stubFor(get(DATA_URL).willReturn(okJson(DATA)));

    try (VaultKeys keys =
        keys(
            new Login.Token(Optional.of(new KeyLocation.Environment("T"))),
            Optional.of("team/a"))) {
      final Optional<FoundKey> key = keys.read(KEY);

      assertThat(value(key)).isEqualTo(VALUE);
      assertThat(key.orElseThrow().validFor()).isEqualTo(Duration.ofMinutes(5));
      assertThat(keys.read(new KeyLocation.Vault("secret/llm/openai", "none", 2))).isEmpty();
    }
    vault.verify(
        2,
        getRequestedFor(urlEqualTo(DATA_URL))
            .withHeader("X-Vault-Token", equalTo(TOKEN))
            .withHeader("X-Vault-Namespace", equalTo("team/a")));
    // A token that was there before is not this suite's to revoke.
    vault.verify(0, postRequestedFor(urlEqualTo("/v1/auth/token/revoke-self")));
  }

  @Test
  void aFieldOfVersionOneIsReadForHalfItsLease() throws Exception {
    vault.stubFor(
        get("/v1/kv/llm")
            .willReturn(
                okJson(
                    """
                    {"lease_id":"","renewable":false,"lease_duration":120,"data":\
                    {"api_key":"sk-MARKED-value-0001"}}""")));

    final Optional<FoundKey> key = keys().read(new KeyLocation.Vault("kv/llm", "api_key", 1));

    assertThat(value(key)).isEqualTo(VALUE);
    assertThat(key.orElseThrow().validFor()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void aRoleLogsInReadsAndGivesItsTokenBack() throws Exception {
    vault.stubFor(post("/v1/auth/apps/login").willReturn(granted("hvs.MARKED-granted", 3600)));
    vault.stubFor(
        get(DATA_URL)
            .withHeader("X-Vault-Token", equalTo("hvs.MARKED-granted"))
            .willReturn(okJson(DATA)));
    vault.stubFor(post("/v1/auth/token/revoke-self").willReturn(aResponse().withStatus(204)));

    try (VaultKeys keys = keys(appRole("apps"), Optional.empty())) {
      assertThat(value(keys.read(KEY))).isEqualTo(VALUE);
      assertThat(value(keys.read(KEY))).isEqualTo(VALUE);
    }

    vault.verify(
        1,
        postRequestedFor(urlEqualTo("/v1/auth/apps/login"))
            .withHeader("X-Vault-Token", absent())
            .withRequestBody(
                equalToJson("{\"role_id\":\"role-1\",\"secret_id\":\"MARKED-secret\"}")));
    vault.verify(
        1,
        postRequestedFor(urlEqualTo("/v1/auth/token/revoke-self"))
            .withHeader("X-Vault-Token", equalTo("hvs.MARKED-granted")));
  }

  @Test
  void aPodLogsInWithItsAccountsToken(@TempDir final Path directory) throws Exception {
    final Path account = Files.writeString(directory.resolve("token"), "eyJMARKED.a.b\n");
    vault.stubFor(post("/v1/auth/k8s/eu/login").willReturn(granted("hvs.granted", 60)));
    vault.stubFor(
        get(DATA_URL).withHeader("X-Vault-Token", equalTo("hvs.granted")).willReturn(okJson(DATA)));
    vault.stubFor(post("/v1/auth/token/revoke-self").willReturn(aResponse().withStatus(204)));

    try (VaultKeys keys =
        keys(new Login.Kubernetes("k8s/eu", "bench", account), Optional.empty())) {
      assertThat(value(keys.read(KEY))).isEqualTo(VALUE);
    }

    vault.verify(
        postRequestedFor(urlEqualTo("/v1/auth/k8s/eu/login"))
            .withRequestBody(equalToJson("{\"role\":\"bench\",\"jwt\":\"eyJMARKED.a.b\"}")));
  }

  @Test
  void aTokenThatWasRevokedIsGotAnewOnce() throws Exception {
    vault.stubFor(post("/v1/auth/approle/login").willReturn(granted("hvs.granted", 60)));
    vault.stubFor(
        get(DATA_URL)
            .inScenario("revoked")
            .whenScenarioStateIs("Started")
            .willReturn(aResponse().withStatus(403).withBody("{\"errors\":[\"MARKED\"]}"))
            .willSetStateTo("again"));
    vault.stubFor(
        get(DATA_URL).inScenario("revoked").whenScenarioStateIs("again").willReturn(okJson(DATA)));

    assertThat(value(keys(appRole("approle"), Optional.empty()).read(KEY))).isEqualTo(VALUE);

    vault.verify(2, postRequestedFor(urlEqualTo("/v1/auth/approle/login")));
  }

  @Test
  void whatIsNotThereIsNoError() throws Exception {
    vault.stubFor(
        get(DATA_URL).willReturn(aResponse().withStatus(404).withBody("{\"errors\":[]}")));

    assertThat(keys().read(KEY)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "403, Vault refuses secret/llm/openai",
    "400, Vault answered with status 400",
    "503, Vault answered with status 503",
    "307, Vault answered with status 307",
    "500, Vault answered with status 500"
  })
  void whatVaultRefusesIsToldInWordsOfOurOwn(final int status, final String sentence) {
    vault.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withHeader("Location", vault.baseUrl() + "/elsewhere")
                    .withBody("{\"errors\":[\"MARKED hvs.MARKED\"]}")));

    assertThat(refusal(keys())).startsWith(sentence);

    vault.verify(0, getRequestedFor(urlPathEqualTo("/elsewhere")));
  }

  @Test
  void aRefusedLoginIsTold() {
    vault.stubFor(
        any(anyUrl())
            .willReturn(aResponse().withStatus(400).withBody("{\"errors\":[\"MARKED\"]}")));

    assertThat(refusal(keys(appRole("approle"), Optional.empty())))
        .startsWith("Vault refuses the login: check the role");
  }

  @Test
  void whatIsNoAnswerOfVaultIsTold() {
    vault.stubFor(any(anyUrl()).willReturn(aResponse().withBody("<p>MARKED</p>")));
    assertThat(refusal(keys())).contains("is not Vault");

    final VaultKeys keys = keys();
    vault.stop();
    assertThat(refusal(keys))
        .isEqualTo("Vault can't be reached: check vault.address or VAULT_ADDR");
  }

  @Test
  void plainHttpToAnotherMachineIsRefused() {
    final VaultKeys keys =
        new VaultKeys(
            VaultSettings.FROM_ENVIRONMENT,
            Map.of("VAULT_ADDR", "http://vault.example.com:8200", "VAULT_TOKEN", TOKEN),
            place -> Optional.empty());

    assertThat(refusal(keys)).startsWith("VAULT_ADDR must begin with https://");
  }

  @Test
  void withoutATokenItSaysWhatToDo() {
    final VaultKeys keys =
        new VaultKeys(
            VaultSettings.FROM_ENVIRONMENT,
            Map.of("VAULT_ADDR", vault.baseUrl()),
            place -> Optional.empty());

    assertThat(refusal(keys)).isEqualTo("set VAULT_TOKEN, or log in with vault login");
  }
}
