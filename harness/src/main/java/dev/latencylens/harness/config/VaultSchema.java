package dev.latencylens.harness.config;

import dev.latencylens.harness.secret.KeyLocation;
import dev.latencylens.harness.secret.VaultSettings;
import dev.latencylens.harness.secret.VaultSettings.Login;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The section {@code vault}. */
final class VaultSchema {
  private static final KeyLocationType PLACE = new KeyLocationType();
  private static final Path KUBERNETES_TOKEN =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

  /** How a token is got, in the words of the file. */
  private enum Method {
    TOKEN,
    APPROLE,
    KUBERNETES
  }

  private static final Key<VaultSettings, URI> ADDRESS =
      Key.optional(
          "address",
          BaseUrl.encrypted("https://vault.example.com:8200"),
          "VAULT_ADDR",
          VaultSettings::address,
          "Where Vault is: https, or http on loopback.");

  private static final Key<VaultSettings, String> NAMESPACE =
      Key.optional(
          "namespace",
          name("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*/?", "a namespace"),
          "VAULT_NAMESPACE",
          VaultSettings::namespace,
          "The namespace, which Vault Enterprise has.");

  private static final Key<VaultSettings, Path> CA_BUNDLE =
      Key.optional(
          "ca_bundle",
          CaBundle.type(),
          "the authorities that the JDK trusts",
          VaultSettings::caBundle,
          "Certificate authorities that are trusted instead.");

  private static final Key<VaultSettings, Method> AUTH =
      Key.withDefault(
          "auth",
          Types.oneOf(Method.class),
          Method.TOKEN,
          settings -> method(settings.login()),
          "How a token is got: one that is there, a role for programs, or a pod's account.");

  private static final Key<VaultSettings, String> MOUNT =
      Key.optional(
          "mount",
          name("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*", "a path"),
          "the method's name",
          settings -> mount(settings.login()),
          "Where the method is mounted.");

  private static final Key<VaultSettings, KeyLocation> TOKEN =
      Key.optional(
          "token",
          PLACE,
          "VAULT_TOKEN, then ~/.vault-token",
          settings -> settings.login() instanceof Login.Token login ? login.token() : empty(),
          "Where the token is.");

  private static final Key<VaultSettings, KeyLocation> ROLE_ID =
      Key.optional(
          "role_id",
          PLACE,
          "none",
          settings ->
              settings.login() instanceof Login.AppRole login
                  ? Optional.of(login.roleId())
                  : empty(),
          "For approle: where the role's id is.");

  private static final Key<VaultSettings, KeyLocation> SECRET_ID =
      Key.optional(
          "secret_id",
          PLACE,
          "none",
          settings ->
              settings.login() instanceof Login.AppRole login
                  ? Optional.of(login.secretId())
                  : empty(),
          "For approle: where the role's secret is.");

  private static final Key<VaultSettings, String> ROLE =
      Key.optional(
          "role",
          name("[A-Za-z0-9_.-]+", "the name of a role"),
          "none",
          settings ->
              settings.login() instanceof Login.Kubernetes login
                  ? Optional.of(login.role())
                  : Optional.empty(),
          "For kubernetes: the role to take.");

  private static final Key<VaultSettings, Path> TOKEN_FILE =
      Key.optional(
          "token_file",
          new ScalarType<>(
              "the path of a file",
              Set.of(Tag.STR),
              (text, reading) -> Optional.of(FilePaths.resolve(text, reading.directory())),
              path -> String.valueOf(path.getFileName())),
          "where Kubernetes puts it",
          settings ->
              settings.login() instanceof Login.Kubernetes login
                  ? Optional.of(login.tokenFile())
                  : Optional.empty(),
          "For kubernetes: the service account's token.");

  static final Section<VaultSettings> SECTION =
      new Section<>(
          List.of(
              ADDRESS,
              NAMESPACE,
              CA_BUNDLE,
              AUTH,
              MOUNT,
              TOKEN,
              ROLE_ID,
              SECRET_ID,
              ROLE,
              TOKEN_FILE),
          VaultSchema::build);

  private VaultSchema() {}

  private static Optional<VaultSettings> build(final Values values) {
    final Method method = values.get(AUTH);
    final boolean fits =
        Stream.of(
                fits(values, TOKEN, method == Method.TOKEN, false, method),
                fits(values, MOUNT, method != Method.TOKEN, false, method),
                fits(values, ROLE_ID, method == Method.APPROLE, true, method),
                fits(values, SECRET_ID, method == Method.APPROLE, true, method),
                fits(values, ROLE, method == Method.KUBERNETES, true, method),
                fits(values, TOKEN_FILE, method == Method.KUBERNETES, false, method))
            .allMatch(each -> each);
    if (!fits) {
      return Optional.empty();
    }
    final String mount = values.find(MOUNT).orElseGet(() -> word(method));
    final Login login =
        switch (method) {
          case TOKEN -> new Login.Token(values.find(TOKEN));
          case APPROLE -> new Login.AppRole(mount, values.get(ROLE_ID), values.get(SECRET_ID));
          case KUBERNETES ->
              new Login.Kubernetes(
                  mount, values.get(ROLE), values.find(TOKEN_FILE).orElse(KUBERNETES_TOKEN));
        };
    return Optional.of(
        new VaultSettings(
            values.find(ADDRESS), values.find(NAMESPACE), values.find(CA_BUNDLE), login));
  }

  /** Whether a key stands only where its method is asked for, and is there where that needs it. */
  private static boolean fits(
      final Values values,
      final Key<VaultSettings, ?> key,
      final boolean taken,
      final boolean needed,
      final Method method) {
    if (!taken && values.isGiven(key)) {
      values.problem(key, key.name() + " means nothing with auth: " + word(method));
      return false;
    }
    if (taken && needed && !values.isGiven(key)) {
      values.problem(AUTH, "auth: " + word(method) + " needs " + key.name());
      return false;
    }
    return true;
  }

  private static Method method(final Login login) {
    if (login instanceof Login.AppRole) {
      return Method.APPROLE;
    }
    return login instanceof Login.Kubernetes ? Method.KUBERNETES : Method.TOKEN;
  }

  private static Optional<String> mount(final Login login) {
    if (login instanceof Login.AppRole role) {
      return Optional.of(role.mount());
    }
    return login instanceof Login.Kubernetes pod ? Optional.of(pod.mount()) : Optional.empty();
  }

  private static Optional<KeyLocation> empty() {
    return Optional.empty();
  }

  private static String word(final Method method) {
    return method.name().toLowerCase(Locale.ROOT);
  }

  private static ValueType<String> name(final String pattern, final String form) {
    return Types.text(form, text -> text.length() <= 200 && text.matches(pattern), text -> text);
  }
}
