package dev.latencylens.harness.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Refuses keys that stand in the file itself. */
final class LiteralKeys {
  private static final String REMEDY =
      ": keys don't belong into a file; put it into an environment variable, and name that on the"
          + " target as key: { env: NAME }";

  private static final Set<String> SECRET_NAMES =
      Set.of(
          "accesskey",
          "accesstoken",
          "apikey",
          "apitoken",
          "authorization",
          "authtoken",
          "bearer",
          "bearertoken",
          "clientsecret",
          "credential",
          "credentials",
          "key",
          "keys",
          "passphrase",
          "passwd",
          "password",
          "privatekey",
          "secret",
          "secretaccesskey",
          "secretkey",
          "sessiontoken",
          "token",
          "xapikey",
          "xgoogapikey");

  private LiteralKeys() {}

  /** How names of secrets end, whatever stands before. */
  private static final List<String> SECRET_ENDINGS =
      List.of(
          "accesskey",
          "accesstoken",
          "apikey",
          "apitoken",
          "authtoken",
          "bearertoken",
          "clientsecret",
          "passphrase",
          "password",
          "privatekey",
          "secretkey",
          "sessiontoken");

  /** How names of headers end that carry secrets. A harmless one among them can name a variable. */
  private static final List<String> SECRET_HEADER_ENDINGS =
      List.of("authorization", "cookie", "key", "password", "secret", "token");

  /** Whether a key is one that people put secrets behind, however it is spelled. */
  static boolean isSecretName(final String name) {
    final String folded = folded(name);
    return SECRET_NAMES.contains(folded) || SECRET_ENDINGS.stream().anyMatch(folded::endsWith);
  }

  /** Whether a header is one that carries a secret. */
  static boolean isSecretHeader(final String name) {
    return isSecretName(name) || SECRET_HEADER_ENDINGS.stream().anyMatch(folded(name)::endsWith);
  }

  private static String folded(final String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
  }

  static String refusal(final String name) {
    return "\"" + name + "\" is refused" + REMEDY;
  }

  static void refuseValue(final Node value, final Problems problems) {
    problems.add(value, "a key stands here" + REMEDY + ", or write key: none if there is none");
  }
}
