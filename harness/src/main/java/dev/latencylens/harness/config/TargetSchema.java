package dev.latencylens.harness.config;

import dev.latencylens.harness.config.KeyReference.ProviderDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One entry of {@code targets}. */
final class TargetSchema {
  static final Key<Target, String> NAME =
      Key.optional(
          "name",
          TextRules.nameType(),
          "provider/model",
          target -> Optional.of(target.name()),
          "Stands in tables and tells targets apart.");

  static final Key<Target, String> PROVIDER =
      Key.required(
          "provider",
          new ScalarType<>(
              "a provider's id",
              Set.of(Tag.STR),
              (text, reading) -> Optional.of(known(text, reading)),
              id -> id),
          Target::provider,
          "Whose wire format is spoken.");

  static final Key<Target, String> MODEL =
      Key.required(
          "model",
          TextRules.nameType(),
          Target::model,
          "The model's id, as the service knows it; any is passed on.");

  private static final Key<Target, URI> BASE_URL =
      Key.optional(
          "base_url",
          new ScalarType<>(
              "a URL such as https://api.example.com/v1",
              Set.of(Tag.STR),
              (text, reading) -> Optional.of(BaseUrl.parse(text)),
              URI::toString),
          "the provider's own endpoint",
          Target::baseUrl,
          "The endpoint: https, or http on loopback.");

  private static final Key<Target, Path> CA_BUNDLE =
      Key.optional(
          "ca_bundle",
          new ScalarType<>(
              "the path of a file with certificates in PEM",
              Set.of(Tag.STR),
              (text, reading) -> Optional.of(CaBundle.find(text, reading.directory())),
              path -> String.valueOf(path.getFileName())),
          "the authorities that the JDK trusts",
          Target::caBundle,
          "Certificate authorities that are trusted instead, relative to the file's directory.");

  private static final Key<Target, Boolean> VERIFY_SSL =
      Key.withDefault(
          "verify_ssl",
          new ScalarType<>(
              "true",
              Set.of(Tag.BOOL),
              (text, reading) -> {
                if (!Boolean.parseBoolean(text)) {
                  throw new IllegalArgumentException(
                      "can't be turned off: name the server's certificate authority as ca_bundle"
                          + " instead");
                }
                return Optional.of(true);
              },
              verify -> verify),
          true,
          target -> true,
          "Certificates and host names are always verified; only true is accepted.");

  private static final Key<Target, KeyReference> KEY =
      Key.optional(
          "key",
          new KeyReferenceType(),
          "the provider's own environment variable",
          target -> Optional.of(target.key()).filter(key -> !(key instanceof ProviderDefault)),
          "Where the key is found: never the key itself.");

  static final Section<Target> SECTION =
      new Section<>(
          List.of(NAME, PROVIDER, MODEL, BASE_URL, CA_BUNDLE, VERIFY_SSL, KEY),
          TargetSchema::build);

  private TargetSchema() {}

  private static String known(final String id, final Reading reading) {
    if (reading.knownProviders().contains(id)) {
      return id;
    }
    final List<String> known = reading.knownProviders().stream().sorted().toList();
    throw new IllegalArgumentException(
        "is unknown: "
            + Shown.text(id)
            + KeyHints.nearest(id, known)
                .map(near -> ": did you mean \"" + near + "\"?")
                .orElseGet(() -> "; known are " + String.join(", ", known)));
  }

  private static Optional<Target> build(final Values values) {
    final String name =
        values
            .find(NAME)
            .orElseGet(() -> Target.defaultName(values.get(PROVIDER), values.get(MODEL)));
    if (name.length() > Target.LONGEST_NAME) {
      values.problem(MODEL, "provider/model is too long for a name: give the target one");
      return Optional.empty();
    }
    return Optional.of(
        new Target(
            name,
            values.get(PROVIDER),
            values.get(MODEL),
            values.find(BASE_URL),
            values.find(CA_BUNDLE),
            values.find(KEY).orElseGet(ProviderDefault::new)));
  }
}
