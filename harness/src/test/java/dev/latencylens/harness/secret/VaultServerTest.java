package dev.latencylens.harness.secret;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.latencylens.harness.secret.VaultStub.refusal;
import static dev.latencylens.harness.secret.VaultStub.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.latencylens.harness.secret.VaultSettings.Login;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against a real server, where this machine has one: {@code scripts/get-vault} builds it. Holds the
 * stubbed answers of the other tests against what Vault says.
 */
final class VaultServerTest {
  private static final String VALUE = "sk-MARKED-value-0001";
  private static final KeyLocation.Vault SECOND =
      new KeyLocation.Vault("secret/llm/openai", "api_key", 2);
  private static final KeyLocation.Vault FIRST = new KeyLocation.Vault("kv/llm", "api_key", 1);

  @TempDir private static @Nullable Path home;
  private static @Nullable RealVault server;

  @BeforeAll
  static void start() throws Exception {
    final Optional<Path> program = RealVault.program();
    assumeTrue(
        program.isPresent(),
        "no vault or bao on the path, and LATENCYLENS_VAULT names none: scripts/get-vault FOLDER");
    final RealVault vault = RealVault.start(program.orElseThrow(), Objects.requireNonNull(home));
    server = vault;
    vault.post("secret/data/llm/openai", Map.of("data", Map.of("api_key", VALUE)));
    vault.post("sys/mounts/kv", Map.of("type", "kv", "options", Map.of("version", "1")));
    vault.post("kv/llm", Map.of("api_key", VALUE, "ttl", "90s"));
    vault.post("sys/mounts/team/kv", Map.of("type", "kv", "options", Map.of("version", "2")));
    vault.post("team/kv/data/openai", Map.of("data", Map.of("api_key", VALUE)));
    vault.post(
        "sys/policies/acl/bench",
        Map.of(
            "policy",
            """
            path "secret/data/llm/*" { capabilities = ["read"] }
            path "team/kv/data/openai" { capabilities = ["read"] }
            path "kv/llm" { capabilities = ["read"] }
            """));
    vault.post("sys/auth/apps", Map.of("type", "approle"));
    vault.post(
        "auth/apps/role/bench", Map.of("token_policies", List.of("bench"), "token_ttl", "10m"));
    vault.post("auth/apps/role/bench/role-id", Map.of("role_id", "bench-role"));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static RealVault vault() {
    return Objects.requireNonNull(server);
  }

  private static VaultKeys keys(final Login login, final Map<String, String> values) {
    return keys(login, values, System::nanoTime);
  }

  private static VaultKeys keys(
      final Login login, final Map<String, String> values, final LongSupplier nanoTime) {
    final EnvironmentKeys places = new EnvironmentKeys(values);
    return new VaultKeys(
        new VaultSettings(
            Optional.of(vault().address()), Optional.empty(), Optional.empty(), login),
        Map.of(),
        place -> places.read((KeyLocation.Environment) place),
        nanoTime,
        VaultConnection.PATIENCE);
  }

  private static VaultKeys withToken(final String token) {
    return keys(new Login.Token(Optional.of(new KeyLocation.Environment("T"))), Map.of("T", token));
  }

  private static VaultKeys withRole(final String secretId) {
    return withRole(secretId, System::nanoTime);
  }

  private static VaultKeys withRole(final String secretId, final LongSupplier nanoTime) {
    return keys(
        new Login.AppRole(
            "apps", new KeyLocation.Environment("R"), new KeyLocation.Environment("S")),
        Map.of("R", "bench-role", "S", secretId),
        nanoTime);
  }

  /** A new secret of the role, good for so many logins; 0 for any number. */
  private static String secretId(final int uses) throws Exception {
    return vault()
        .post("auth/apps/role/bench/secret-id", Map.of("num_uses", uses))
        .at("/data/secret_id")
        .asText();
  }

  private static String bounded() throws Exception {
    return vault()
        .post("auth/token/create", Map.of("policies", List.of("bench")))
        .at("/auth/client_token")
        .asText();
  }

  @Test
  void aTokenReadsBothVersionsOfTheEngineAndAMountOfSeveralSegments() throws Exception {
    try (VaultKeys keys = withToken(bounded())) {
      assertThat(value(keys.read(SECOND))).isEqualTo(VALUE);
      assertThat(value(keys.read(new KeyLocation.Vault("team/kv/openai", "api_key", 2))))
          .isEqualTo(VALUE);
      final Optional<FoundKey> first = keys.read(FIRST);
      assertThat(value(first)).isEqualTo(VALUE);
      assertThat(first.orElseThrow().validFor()).isEqualTo(Duration.ofSeconds(45));

      assertThat(keys.read(new KeyLocation.Vault("secret/llm/none", "api_key", 2))).isEmpty();
      assertThat(keys.read(new KeyLocation.Vault("secret/llm/openai", "none", 2))).isEmpty();
    }
  }

  @Test
  void theWrongVersionOfTheEngineIsTold() {
    try (VaultKeys keys = withToken(RealVault.ROOT_TOKEN)) {
      assertThat(refusal(keys, new KeyLocation.Vault("secret/llm/openai", "api_key", 1)))
          .contains("has version 2");
      assertThat(refusal(keys, new KeyLocation.Vault("kv/llm", "api_key", 2)))
          .contains("has version 1");
    }
  }

  @Test
  void aVersionThatWasDeletedIsNotThere() throws Exception {
    vault().post("secret/data/llm/old", Map.of("data", Map.of("api_key", VALUE)));
    vault().post("secret/delete/llm/old", Map.of("versions", List.of(1)));

    assertThat(withToken(bounded()).read(new KeyLocation.Vault("secret/llm/old", "api_key", 2)))
        .isEmpty();
  }

  @Test
  void whatThePolicyDoesNotAllowIsRefused() throws Exception {
    assertThat(refusal(withToken(bounded()), new KeyLocation.Vault("secret/other", "api_key", 2)))
        .startsWith("Vault refuses secret/other");
    assertThat(refusal(withToken("hvs.MARKED-unknown"), SECOND))
        .startsWith("Vault refuses secret/llm/openai");
  }

  @Test
  void aRoleLogsInAndItsTokenIsRevokedAtTheEnd() throws Exception {
    final Set<String> before = vault().accessors();
    try (VaultKeys keys = withRole(secretId(0))) {
      assertThat(value(keys.read(SECOND))).isEqualTo(VALUE);
      assertThat(vault().accessors()).hasSize(before.size() + 1);
    }

    assertThat(vault().accessors()).isEqualTo(before);
  }

  @Test
  void aRevokedTokenIsGotAnew() throws Exception {
    final Set<String> before = vault().accessors();
    try (VaultKeys keys = withRole(secretId(0))) {
      value(keys.read(SECOND));
      for (final String accessor : vault().accessors()) {
        if (!before.contains(accessor)) {
          vault().post("auth/token/revoke-accessor", Map.of("accessor", accessor));
        }
      }
      assertThat(vault().accessors()).isEqualTo(before);

      assertThat(value(keys.read(SECOND))).isEqualTo(VALUE);
    }
  }

  @Test
  void aSecretThatIsGoodForOneLoginIsEnoughWhenTheTokenIsRenewed() throws Exception {
    final long[] now = {0};
    try (VaultKeys keys = withRole(secretId(1), () -> now[0])) {
      assertThat(value(keys.read(SECOND))).isEqualTo(VALUE);
      now[0] += Duration.ofMinutes(10).toNanos();
      assertThat(value(keys.read(SECOND))).isEqualTo(VALUE);
    }
  }

  @Test
  void aSealedServerIsTold(@TempDir final Path own) throws Exception {
    try (RealVault sealed = RealVault.start(RealVault.program().orElseThrow(), own);
        VaultKeys keys =
            new VaultKeys(
                VaultSettings.FROM_ENVIRONMENT,
                Map.of(
                    "VAULT_ADDR", sealed.address().toString(), "VAULT_TOKEN", RealVault.ROOT_TOKEN),
                place -> Optional.empty())) {
      sealed.post("sys/seal", Map.of());

      assertThat(refusal(keys, SECOND)).startsWith("Vault answered with status 503: it is sealed");
    }
  }

  @Test
  void aRoleWithTheWrongSecretIsRefused() throws Exception {
    assertThat(refusal(withRole("MARKED-wrong"), SECOND)).startsWith("Vault refuses the login");
  }

  @Test
  void aPodLogsInWhereKubernetesKnowsItsAccount() throws Exception {
    assumeTrue(
        vault().has("sys/plugins/catalog/auth/kubernetes"),
        "this build of Vault has no Kubernetes method");
    final String account =
        jwt(
            """
            {"iss":"kubernetes/serviceaccount","sub":"system:serviceaccount:lab:latency",\
            "kubernetes.io":{"namespace":"lab","serviceaccount":{"name":"latency","uid":"u-1"}}}""");
    try (VaultStub other = new VaultStub()) {
      final WireMockServer kubernetes = other.server;
      kubernetes.stubFor(
          post("/apis/authentication.k8s.io/v1/tokenreviews")
              .willReturn(
                  okJson(
                      """
                      {"apiVersion":"authentication.k8s.io/v1","kind":"TokenReview","spec":{},\
                      "status":{"authenticated":true,"user":{"username":\
                      "system:serviceaccount:lab:latency","uid":"u-1"}}}""")));
      vault().post("sys/auth/pods", Map.of("type", "kubernetes"));
      vault()
          .post(
              "auth/pods/config",
              Map.of(
                  "kubernetes_host",
                  kubernetes.baseUrl(),
                  "disable_local_ca_jwt",
                  true,
                  "token_reviewer_jwt",
                  jwt("{\"sub\":\"reviewer\"}")));
      vault()
          .post(
              "auth/pods/role/bench",
              Map.of(
                  "bound_service_account_names",
                  "latency",
                  "bound_service_account_namespaces",
                  "lab",
                  "token_policies",
                  List.of("bench")));
      final Path file =
          Files.writeString(
              Files.createTempFile(Objects.requireNonNull(home), "account", ""), account);

      try (VaultKeys keys = keys(new Login.Kubernetes("pods", "bench", file), Map.of())) {
        assertThat(value(keys.read(SECOND))).isEqualTo(VALUE);
      }
      try (VaultKeys keys = keys(new Login.Kubernetes("pods", "other", file), Map.of())) {
        assertThat(refusal(keys, SECOND)).startsWith("Vault refuses the login");
      }

      kubernetes.verify(
          postRequestedFor(urlEqualTo("/apis/authentication.k8s.io/v1/tokenreviews"))
              .withHeader("Content-Type", equalTo("application/json")));
    }
  }

  /** A token that nobody signed: Vault asks Kubernetes whether it is good. */
  private static String jwt(final String claims) {
    final Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return base64.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8))
        + "."
        + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + "."
        + base64.encodeToString(new byte[256]);
  }
}
