package dev.latencylens.harness.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.secret.KeyLocation;
import dev.latencylens.harness.secret.VaultSettings;
import dev.latencylens.harness.secret.VaultSettings.Login;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a configuration says that keys are. */
final class KeyPlacesTest {
  private final Path directory;
  private final ConfigurationFile file;

  KeyPlacesTest(@TempDir final Path directory) {
    this.directory = directory;
    file = new ConfigurationFile(directory);
  }

  private KeyReference key(final String yaml) throws ConfigurationException {
    return file.load(ConfigurationFile.TARGETS + "    key: " + yaml + "\n").targets().get(0).key();
  }

  private List<String> problems(final String yaml) {
    return file.problems(ConfigurationFile.TARGETS + yaml + "\n");
  }

  @Test
  void everyKindOfPlaceIsReadInItsOrder() throws Exception {
    assertThat(
            key(
                """
                [ { env: A_KEY }, { dotenv: A_KEY }, { dotenv: A_KEY, path: other/.env },
                        { file: keys/a }, { vault: secret/llm/openai, field: key },
                        { vault: kv/llm, field: key, version: 1 },
                        { aws_secret: prod/openai }, { command: [pass, show, openai] } ]"""))
        .isEqualTo(
            new KeyReference.Places(
                List.of(
                    new KeyLocation.Environment("A_KEY"),
                    new KeyLocation.DotEnv(directory.resolve(".env"), "A_KEY"),
                    new KeyLocation.DotEnv(directory.resolve("other/.env"), "A_KEY"),
                    new KeyLocation.KeyFile(directory.resolve("keys/a")),
                    new KeyLocation.Vault("secret/llm/openai", "key", 2),
                    new KeyLocation.Vault("kv/llm", "key", 1),
                    new KeyLocation.AwsSecret("prod/openai", Optional.empty(), Optional.empty()),
                    new KeyLocation.Command(List.of("pass", "show", "openai")))));
    assertThat(key("{ aws_secret: a, field: b, region: eu-central-1 }"))
        .isEqualTo(
            new KeyReference.Places(
                List.of(
                    new KeyLocation.AwsSecret(
                        "a", Optional.of("b"), Optional.of("eu-central-1")))));
  }

  @Test
  void aProvidersPlacesHoldForItsTargetsThatNameNone() throws Exception {
    final Configuration configuration =
        file.load(
            """
            targets:
              - { provider: openai, model: a }
              - { provider: openai, model: b, key: { env: B_KEY } }
              - { provider: openai, model: c, key: none, base_url: "http://127.0.0.1:1" }
              - { provider: anthropic, model: d }
            keys:
              openai: [{ env: TEAM_KEY }, { file: key }]
            """);

    assertThat(configuration.targets())
        .extracting(Target::key)
        .containsExactly(
            new KeyReference.Places(
                List.of(
                    new KeyLocation.Environment("TEAM_KEY"),
                    new KeyLocation.KeyFile(directory.resolve("key")))),
            KeyReference.Places.environment("B_KEY"),
            new KeyReference.None(),
            new KeyReference.ProviderDefault());
    assertThat(problems("keys: { opnai: { env: A } }"))
        .singleElement()
        .asString()
        .contains("unknown provider \"opnai\": did you mean \"openai\"?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ file: sk-MARKED-0123456789 }",
        "{ command: [echo, sk-MARKED-0123456789] }",
        "{ vault: secret/a, field: sk-MARKED-0123456789 }",
        "{ aws_secret: AKIAMARKED0123456789 }",
        "[{ env: A_KEY }, sk-MARKED-0123456789]",
        "[sk-MARKED-0123456789]",
        "{ value: sk-MARKED-0123456789 }",
        "{ env: A_KEY, value: sk-MARKED-0123456789 }"
      })
  void aKeyInPlaceOfItsPlaceIsRefusedWithItsLineAndNotRepeated(final String yaml) {
    assertThat(problems("    key: " + yaml))
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem).startsWith("4:").doesNotContain("MARKED"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ vault: secret, field: a }",
        "{ vault: ../sys/a, field: a }",
        "{ vault: /secret/a, field: a }",
        "{ vault: secret/a }",
        "{ vault: secret/a, field: a, version: 3 }",
        "{ aws_secret: a, region: moon }",
        "{ command: [] }",
        "{ command: pass }",
        "{ dotenv: lower }",
        "{}",
        "[]"
      })
  void aPlaceThatCannotBeIsRefused(final String yaml) {
    assertThat(problems("    key: " + yaml)).isNotEmpty();
  }

  @Test
  void aVeryLongPlaceIsCheckedLikeAnyOther() {
    assertThat(problems("    key: { aws_secret: a, region: us" + "-a".repeat(20_000) + " }"))
        .isNotEmpty();
    assertThat(problems("    key: { vault: a" + "/a".repeat(20_000) + "/, field: a }"))
        .isNotEmpty();
  }

  @Test
  void vaultIsReachedWithAnyOfItsThreeLogins() throws Exception {
    assertThat(
            vault(
                """
                address: https://vault.example.com:8200
                  namespace: team/a
                  token: { file: token }
                """))
        .isEqualTo(
            new VaultSettings(
                Optional.of(URI.create("https://vault.example.com:8200")),
                Optional.of("team/a"),
                Optional.empty(),
                new Login.Token(Optional.of(new KeyLocation.KeyFile(directory.resolve("token"))))));
    assertThat(
            vault("auth: approle\n  role_id: { env: ROLE }\n  secret_id: { env: SECRET }").login())
        .isEqualTo(
            new Login.AppRole(
                "approle",
                new KeyLocation.Environment("ROLE"),
                new KeyLocation.Environment("SECRET")));
    assertThat(vault("auth: kubernetes\n  mount: k8s/eu\n  role: bench").login())
        .isEqualTo(
            new Login.Kubernetes(
                "k8s/eu", "bench", Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token")));
    assertThat(file.load(ConfigurationFile.TARGETS).keys().vault())
        .isEqualTo(VaultSettings.FROM_ENVIRONMENT);
  }

  private VaultSettings vault(final String yaml) throws ConfigurationException {
    return file.load(ConfigurationFile.TARGETS + "vault:\n  " + yaml + "\n").keys().vault();
  }

  @Test
  void aLoginThatLacksSomethingOrHasTooMuchIsRefusedAtOnce() {
    assertThat(problems("vault: { auth: approle, role: x, token: { env: T } }"))
        .hasSize(4)
        .anySatisfy(problem -> assertThat(problem).endsWith("auth: approle needs role_id"))
        .anySatisfy(problem -> assertThat(problem).endsWith("auth: approle needs secret_id"))
        .anySatisfy(
            problem -> assertThat(problem).endsWith("role means nothing with auth: approle"))
        .anySatisfy(
            problem -> assertThat(problem).endsWith("token means nothing with auth: approle"));
    assertThat(problems("vault: { address: \"http://vault.example.com\" }"))
        .singleElement()
        .asString()
        .contains("must begin with https://");
    assertThat(problems("vault: { token: hvs.MARKED0123456789 }"))
        .singleElement()
        .asString()
        .contains("a key stands here")
        .doesNotContain("MARKED");
  }

  @Test
  void theManifestNamesPlacesAndNoArgumentOfACommand() throws Exception {
    final String plain =
        file.load(
                ConfigurationFile.TARGETS
                    + "    key: [{ command: [pass, show, private] }, { file: a/b }]\n"
                    + "keys: { anthropic: { vault: secret/a, field: b } }\n")
            .redacted()
            .toString();

    assertThat(plain)
        .contains("key=[{command=pass}, {file=b}]", "keys={anthropic={vault=secret/a, field=b, ")
        .doesNotContain("private");
  }
}
