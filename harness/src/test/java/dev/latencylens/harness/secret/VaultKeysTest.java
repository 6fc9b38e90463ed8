package dev.latencylens.harness.secret;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.latencylens.harness.secret.VaultStub.DATA;
import static dev.latencylens.harness.secret.VaultStub.DATA_URL;
import static dev.latencylens.harness.secret.VaultStub.KEY;
import static dev.latencylens.harness.secret.VaultStub.TOKEN;
import static dev.latencylens.harness.secret.VaultStub.VALUE;
import static dev.latencylens.harness.secret.VaultStub.appRole;
import static dev.latencylens.harness.secret.VaultStub.granted;
import static dev.latencylens.harness.secret.VaultStub.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.latencylens.harness.secret.VaultSettings.Login;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the driver sends, and what comes of the answers. */
final class VaultKeysTest {
  private final VaultStub stub = new VaultStub();
  private final WireMockServer vault = stub.server;

  @AfterEach
  void stop() {
    stub.close();
  }

  @Test
  void aFieldOfVersionTwoIsReadWithTheTokenAndTheNamespace() throws Exception {
    vault.stubFor(get(DATA_URL).willReturn(okJson(DATA)));

    try (VaultKeys keys =
        stub.keys(
            new Login.Token(Optional.of(new KeyLocation.Environment("T"))),
            Optional.of("team/a"),
            VaultConnection.PATIENCE)) {
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

    final Optional<FoundKey> key = stub.keys().read(new KeyLocation.Vault("kv/llm", "api_key", 1));

    assertThat(value(key)).isEqualTo(VALUE);
    assertThat(key.orElseThrow().validFor()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void aRoleLogsInReadsAndGivesItsTokenBack() throws Exception {
    vault.stubFor(post("/v1/auth/apps/login").willReturn(granted("hvs.MARKED-granted", 60, true)));
    vault.stubFor(
        get(DATA_URL)
            .withHeader("X-Vault-Token", equalTo("hvs.MARKED-granted"))
            .willReturn(okJson(DATA)));
    vault.stubFor(post("/v1/auth/token/revoke-self").willReturn(aResponse().withStatus(204)));

    try (VaultKeys keys = stub.keys(appRole("apps"))) {
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
    vault.stubFor(post("/v1/auth/k8s/eu/login").willReturn(granted("hvs.granted", 60, true)));
    vault.stubFor(
        get(DATA_URL).withHeader("X-Vault-Token", equalTo("hvs.granted")).willReturn(okJson(DATA)));

    try (VaultKeys keys = stub.keys(new Login.Kubernetes("k8s/eu", "bench", account))) {
      assertThat(value(keys.read(KEY))).isEqualTo(VALUE);
    }

    vault.verify(
        postRequestedFor(urlEqualTo("/v1/auth/k8s/eu/login"))
            .withRequestBody(equalToJson("{\"role\":\"bench\",\"jwt\":\"eyJMARKED.a.b\"}")));
  }

  @Test
  void aTokenThatWasRevokedIsGotAnewOnce() throws Exception {
    stub.grants("hvs.granted", 60, true);
    vault.stubFor(
        get(DATA_URL)
            .inScenario("revoked")
            .whenScenarioStateIs("Started")
            .willReturn(aResponse().withStatus(403).withBody("{\"errors\":[\"MARKED\"]}"))
            .willSetStateTo("again"));

    assertThat(value(stub.keys(appRole("approle")).read(KEY))).isEqualTo(VALUE);

    vault.verify(2, postRequestedFor(urlEqualTo("/v1/auth/approle/login")));
  }

  @Test
  void aTokenIsRenewedBeforeItRunsOut() throws Exception {
    stub.grants("hvs.granted", 600, true);
    vault.stubFor(post("/v1/auth/token/renew-self").willReturn(granted("hvs.granted", 600, true)));
    final VaultKeys keys = stub.keys(appRole("approle"));

    value(keys.read(KEY));
    stub.pass(Duration.ofSeconds(569));
    value(keys.read(KEY));
    vault.verify(0, postRequestedFor(urlEqualTo("/v1/auth/token/renew-self")));
    stub.pass(Duration.ofSeconds(1));
    value(keys.read(KEY));
    value(keys.read(KEY));

    vault.verify(
        1,
        postRequestedFor(urlEqualTo("/v1/auth/token/renew-self"))
            .withHeader("X-Vault-Token", equalTo("hvs.granted")));
    vault.verify(1, postRequestedFor(urlEqualTo("/v1/auth/approle/login")));
  }

  @Test
  void aTokenThatCannotBeRenewedIsGotByAnotherLogin() throws Exception {
    stub.grants("hvs.granted", 600, true);
    vault.stubFor(post("/v1/auth/token/renew-self").willReturn(aResponse().withStatus(403)));
    final VaultKeys keys = stub.keys(appRole("approle"));

    value(keys.read(KEY));
    stub.pass(Duration.ofSeconds(570));
    assertThat(value(keys.read(KEY))).isEqualTo(VALUE);

    vault.verify(2, postRequestedFor(urlEqualTo("/v1/auth/approle/login")));
  }

  @Test
  void aMountOfSeveralSegmentsIsFound() throws Exception {
    vault.stubFor(get("/v1/team/kv/data/openai").willReturn(okJson(DATA)));
    stub.mounts("team/kv/openai", "team/kv/", "kv", 2);
    final VaultKeys keys = stub.keys();
    final KeyLocation.Vault location = new KeyLocation.Vault("team/kv/openai", "api_key", 2);

    assertThat(value(keys.read(location))).isEqualTo(VALUE);
    assertThat(value(keys.read(location))).isEqualTo(VALUE);

    vault.verify(1, getRequestedFor(urlEqualTo("/v1/sys/internal/ui/mounts/team/kv/openai")));
  }

  @Test
  void whatIsNotThereIsNoError() throws Exception {
    vault.stubFor(
        get(DATA_URL).willReturn(aResponse().withStatus(404).withBody("{\"errors\":[]}")));
    stub.mounts("secret/llm/openai", "secret/", "kv", 2);

    assertThat(stub.keys().read(KEY)).isEmpty();
  }

  @Test
  void theRedactorKnowsATokenAsLongAsItIsInUse() throws Exception {
    final String token = "a-granted-MARKED-token";
    stub.grants(token, 600, true);

    try (VaultKeys keys = stub.keys(appRole("approle"))) {
      value(keys.read(KEY));
      assertThat(Redactor.redact("got " + token)).isEqualTo("got [redacted]");
    }

    assertThat(Redactor.redact("got " + token)).contains(token);
  }

  @Test
  void neitherTokenNorKeyStandInALogOrInTheText() throws Exception {
    stub.grants("hvs.MARKED-granted", 600, true);
    try (LibraryLogs logs = new LibraryLogs()) {
      final VaultKeys keys =
          stub.keys(appRole("approle"), Optional.of("team/a"), VaultConnection.PATIENCE);
      try (keys) {
        final FoundKey found = keys.read(KEY).orElseThrow();
        try (Secret secret = found.secret()) {
          assertThat(found + " " + secret + keys).doesNotContain("MARKED");
        }
      }
      vault.stubFor(get(DATA_URL).willReturn(aResponse().withStatus(500).withBody("MARKED")));
      VaultStub.refusal(keys, KEY);

      assertThat(logs.lines()).noneMatch(line -> line.contains("MARKED"));
      // The driver's facade would tell each caller of the namespace, on standard error.
      assertThat(logs.lines()).noneMatch(line -> line.contains("jopenlibs"));
    }
  }
}
