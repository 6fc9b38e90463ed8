package dev.latencylens.harness.secret;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static dev.latencylens.harness.secret.VaultStub.DATA;
import static dev.latencylens.harness.secret.VaultStub.DATA_URL;
import static dev.latencylens.harness.secret.VaultStub.KEY;
import static dev.latencylens.harness.secret.VaultStub.TOKEN;
import static dev.latencylens.harness.secret.VaultStub.appRole;
import static dev.latencylens.harness.secret.VaultStub.granted;
import static dev.latencylens.harness.secret.VaultStub.refusal;
import static dev.latencylens.harness.secret.VaultStub.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.latencylens.harness.secret.VaultSettings.Login;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person is told when Vault gives no key: a sentence of ours, and nothing of Vault's. */
final class VaultRefusalsTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int VERY_LONG_MILLIS = 300_000;

  private final VaultStub stub = new VaultStub();
  private final WireMockServer vault = stub.server;

  @AfterEach
  void stop() {
    stub.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403|Vault refuses secret/llm/openai: the token needs a policy",
        "400|Vault answered with status 400: check the path",
        "429|Vault answered with status 429: it limits how often",
        "503|Vault answered with status 503: it is sealed",
        "307|Vault answered with status 307: a token does not follow a redirect",
        "500|Vault answered with status 500"
      })
  void whatVaultRefusesIsToldInWordsOfOurOwn(final int status, final String sentence) {
    try (VaultStub other = new VaultStub()) {
      vault.stubFor(
          any(anyUrl())
              .willReturn(
                  aResponse()
                      .withStatus(status)
                      .withHeader("Location", other.server.baseUrl() + "/elsewhere")
                      .withBody("{\"errors\":[\"MARKED hvs.MARKED\"]}")));

      assertThat(refusal(stub.keys(), KEY)).startsWith(sentence);

      assertThat(other.server.getAllServeEvents()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404})
  void theWrongVersionOfTheEngineIsTold(final int status) {
    vault.stubFor(get(DATA_URL).willReturn(aResponse().withStatus(status)));
    stub.mounts("secret/llm/openai", "secret/", "kv", 1);

    assertThat(refusal(stub.keys(), KEY))
        .isEqualTo(
            "the key-value engine of secret/llm/openai has version 1: set that as the version, in"
                + " place of 2");
  }

  @Test
  void anEngineThatKeepsNoValuesIsTold() {
    vault.stubFor(get(DATA_URL).willReturn(aResponse().withStatus(404)));
    stub.mounts("secret/llm/openai", "secret/", "transit", 1);

    assertThat(refusal(stub.keys(), KEY)).contains("is no key-value engine");
  }

  @ParameterizedTest
  @CsvSource({
    "400, Vault refuses the login: check the role",
    "403, Vault refuses the login: check the role",
    "503, Vault answered with status 503: it is sealed",
    "404, Vault answered with status 404"
  })
  void aRefusedLoginIsTold(final int status, final String sentence) {
    vault.stubFor(
        any(anyUrl())
            .willReturn(aResponse().withStatus(status).withBody("{\"errors\":[\"MARKED\"]}")));

    assertThat(refusal(stub.keys(appRole("approle")), KEY)).startsWith(sentence);
  }

  @Test
  void aLoginWithoutATokenIsTold() {
    vault.stubFor(post("/v1/auth/approle/login").willReturn(granted("", 60, true)));

    assertThat(refusal(stub.keys(appRole("approle")), KEY)).contains("holds no token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<p>MARKED</p>", "[\"MARKED\"]", "{\"data\":\"MARKED\"}", "{\"data\":{}}", "{"})
  void whatIsNoAnswerOfVaultIsTold(final String body) {
    vault.stubFor(any(anyUrl()).willReturn(okJson(body)));

    assertThat(refusal(stub.keys(), KEY)).contains("is not Vault");
  }

  @Test
  void aFieldThatIsNotTextIsTold() {
    vault.stubFor(get(DATA_URL).willReturn(okJson(DATA)));

    assertThat(refusal(stub.keys(), new KeyLocation.Vault("secret/llm/openai", "other", 2)))
        .contains("is not text");
  }

  @Test
  void aServerThatIsNotThereIsTold() {
    final VaultKeys keys = stub.keys();
    vault.stop();

    assertThat(refusal(keys, KEY))
        .isEqualTo("Vault can't be reached: check vault.address or VAULT_ADDR");
  }

  @Test
  void aConnectionThatBreaksIsTold() {
    vault.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

    assertThat(refusal(stub.keys(), KEY)).startsWith("Vault can't be reached");
  }

  @Test
  void anAnswerThatNeverEndsIsNotWaitedFor() {
    vault.stubFor(
        get(DATA_URL)
            .willReturn(okJson(DATA).withChunkedDribbleDelay(DATA.length(), VERY_LONG_MILLIS)));
    final VaultKeys keys =
        stub.keys(
            new Login.Token(Optional.of(new KeyLocation.Environment("T"))),
            Optional.empty(),
            Duration.ofMillis(500));

    assertThat(assertTimeoutPreemptively(LONG, () -> refusal(keys, KEY)))
        .startsWith("Vault does not answer in time");
  }

  @Test
  void theEndDoesNotWaitForAServerThatHangs() throws Exception {
    stub.grants("hvs.granted", 600, true);
    vault.stubFor(
        post("/v1/auth/token/revoke-self")
            .willReturn(aResponse().withStatus(204).withFixedDelay(VERY_LONG_MILLIS)));
    final VaultKeys keys = stub.keys(appRole("approle"));
    value(keys.read(KEY));

    assertTimeoutPreemptively(LONG, keys::close);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://vault.example.com:8200",
        "http://127.0.0.1.example.com",
        "https://me:MARKED@vault.example.com",
        "vault.example.com:8200",
        "https://",
        "no url at all"
      })
  void anAddressWhereTheTokenWouldNotBeSafeIsRefused(final String address) {
    final VaultKeys keys =
        new VaultKeys(
            VaultSettings.FROM_ENVIRONMENT,
            Map.of("VAULT_ADDR", address, "VAULT_TOKEN", TOKEN),
            place -> Optional.empty());

    assertThat(refusal(keys, KEY)).startsWith("Vault's address must be a URL");
  }

  @Test
  void plainHttpToAnotherMachineIsRefusedFromTheConfigurationAsWell() {
    final VaultKeys keys =
        new VaultKeys(
            new VaultSettings(
                Optional.of(URI.create("http://vault.example.com")),
                Optional.empty(),
                Optional.empty(),
                new Login.Token(Optional.empty())),
            Map.of("VAULT_TOKEN", TOKEN),
            place -> Optional.empty());

    assertThat(refusal(keys, KEY)).startsWith("Vault's address must be a URL");
  }

  @Test
  void whatIsMissingIsTold() {
    assertThat(refusal(from(Map.of()), KEY))
        .isEqualTo("set VAULT_TOKEN, or log in with vault login");
    assertThat(refusal(from(Map.of("VAULT_TOKEN", "a MARKED b")), KEY))
        .startsWith("VAULT_TOKEN can't be used: the key holds a character");
    assertThat(
            refusal(stub.keys(new Login.Kubernetes("kubernetes", "a", Path.of("not-there"))), KEY))
        .contains("is this a Kubernetes pod?");
    assertThat(
            refusal(
                stub.keys(new Login.Token(Optional.of(new KeyLocation.Environment("NONE")))), KEY))
        .isEqualTo("Vault's login needs the environment variable NONE, which is not set");
    assertThat(
            refusal(
                new VaultKeys(
                    VaultSettings.FROM_ENVIRONMENT,
                    Map.of("VAULT_TOKEN", TOKEN),
                    place -> Optional.empty()),
                KEY))
        .isEqualTo("set VAULT_ADDR, or vault.address in the file");
  }

  private VaultKeys from(final Map<String, String> environment) {
    return new VaultKeys(
        new VaultSettings(
            Optional.of(URI.create(vault.baseUrl())),
            Optional.empty(),
            Optional.empty(),
            new Login.Token(Optional.empty())),
        environment,
        place -> Optional.empty());
  }
}
