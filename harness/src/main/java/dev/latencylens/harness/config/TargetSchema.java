package dev.latencylens.harness.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latencylens.harness.config.KeyReference.ProviderDefault;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.provider.TargetOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
      Key.required("provider", providerType(), Target::provider, "Whose wire format is spoken.");

  static final Key<Target, String> MODEL =
      Key.required(
          "model",
          TextRules.nameType(),
          Target::model,
          "The model's id, as the service knows it; any is passed on.");

  private static final Key<Target, KeyReference> KEY =
      Key.optional(
          "key",
          new KeyReferenceType(),
          "the provider's own environment variable",
          target -> Optional.of(target.key()).filter(key -> !(key instanceof ProviderDefault)),
          "Where the key is found: never the key itself.");

  private static final Key<Target, Map<String, HeaderValue>> HEADERS =
      Key.optional(
          "headers",
          new HeadersType(),
          "none",
          target -> Optional.of(target.headers()).filter(headers -> !headers.isEmpty()),
          "Headers that each request has beside the provider's own.");

  private static final Key<Target, JsonNode> EXTRA_BODY =
      Key.optional(
          "extra_body",
          new TreeType("a mapping of fields of the request's body"),
          "nothing",
          target -> target.extraBody().map(ToolSchema::tree),
          "Laid over the body of each request: mappings are merged, null takes a field out.");

  private static final Key<Target, String> USER_ID =
      Key.optional(
          "user_id",
          DataCareSchema.userId(),
          "that of the run",
          Target::userId,
          "Whose requests these are, where it is not the user of the whole run.");

  private static final Key<Target, Limits> LIMITS =
      Key.optional(
          "limits",
          LimitsSchema.ONE,
          "those of all targets",
          Target::limits,
          "How fast requests may be released to this target, in place of what holds for all.");

  /** Where the providers' credentials go: what a target says there would be replaced. */
  private static final Set<String> KEY_HEADERS =
      Set.of("authorization", "x-api-key", "api-key", "x-goog-api-key");

  private static final List<Key<Target, ?>> COMMON =
      Stream.of(
              List.of(NAME, PROVIDER, MODEL),
              NetworkSchema.KEYS,
              List.of(KEY, HEADERS, EXTRA_BODY, USER_ID, LIMITS))
          .<Key<Target, ?>>flatMap(List::stream)
          .toList();

  private TargetSchema() {}

  /** The keys of every target, and those of its provider. */
  static Section<Target> section(
      final Optional<Provider> provider, final List<Key<Target, JsonNode>> own) {
    final List<Key<Target, ?>> keys = new ArrayList<>(COMMON);
    keys.addAll(own);
    return new Section<>(keys, values -> build(provider, own, values));
  }

  /** The id of a provider that there is. */
  static ValueType<String> providerType() {
    return new ScalarType<>(
        "a provider's id",
        Set.of(Tag.STR),
        (text, reading) -> Optional.of(known(text, reading)),
        id -> id);
  }

  private static String known(final String id, final Reading reading) {
    final List<String> known = reading.providers().ids();
    if (known.contains(id)) {
      return id;
    }
    throw new IllegalArgumentException(
        "is unknown: "
            + Shown.text(id)
            + KeyHints.nearest(id, known)
                .map(near -> ": did you mean \"" + near + "\"?")
                .orElseGet(() -> "; known are " + String.join(", ", known)));
  }

  private static Optional<Target> build(
      final Optional<Provider> provider,
      final List<Key<Target, JsonNode>> own,
      final Values values) {
    final String name =
        values
            .find(NAME)
            .orElseGet(() -> Target.defaultName(values.get(PROVIDER), values.get(MODEL)));
    if (name.length() > Target.LONGEST_NAME) {
      values.problem(MODEL, "provider/model is too long for a name: give the target one");
      return Optional.empty();
    }
    final Map<String, JsonNode> given = new HashMap<>();
    own.forEach(key -> values.find(key).ifPresent(value -> given.put(key.name(), value)));
    final TargetOptions options = new TargetOptions(given);
    final boolean keyless =
        values.find(KEY).filter(KeyReference.None.class::isInstance).isPresent();
    for (final String header : values.find(HEADERS).orElseGet(Map::of).keySet()) {
      if (!keyless && isKeyHeader(header, options)) {
        values.problem(
            HEADERS,
            "the header "
                + header
                + " is where the key goes: name its variable as key: { env: NAME }, or write key:"
                + " none to send this header in its place");
        return Optional.empty();
      }
    }
    if (provider.isPresent() && !fits(provider.get(), options, own, values)) {
      return Optional.empty();
    }
    return NetworkSchema.build(values)
        .map(
            network ->
                new Target(
                    name,
                    values.get(PROVIDER),
                    values.get(MODEL),
                    values.find(NetworkSchema.BASE_URL),
                    network,
                    values.find(KEY).orElseGet(ProviderDefault::new),
                    options,
                    values.find(HEADERS).orElseGet(Map::of),
                    values.find(EXTRA_BODY).map(JsonNode::toString),
                    values.find(USER_ID),
                    values.find(LIMITS)));
  }

  private static boolean isKeyHeader(final String header, final TargetOptions options) {
    return KEY_HEADERS.contains(header.toLowerCase(Locale.ROOT))
        || options.text("auth_header").filter(header::equalsIgnoreCase).isPresent();
  }

  /** Lets the provider look at all its options together. */
  private static boolean fits(
      final Provider provider,
      final TargetOptions options,
      final List<Key<Target, JsonNode>> own,
      final Values values) {
    try {
      if (provider.api(options).defaultBaseUrl().isEmpty()
          && !values.isGiven(NetworkSchema.BASE_URL)) {
        values.problem(
            PROVIDER,
            "the key \"base_url\" is missing: each customer of "
                + provider.id()
                + " has an endpoint of their own");
        return false;
      }
      return true;
    } catch (final OptionException wrong) {
      values.problem(
          own.stream()
              .filter(key -> key.name().equals(wrong.option()))
              .map(values::place)
              .findFirst()
              .orElseGet(() -> values.place(PROVIDER)),
          wrong.option() + " " + wrong.getMessage());
      return false;
    }
  }
}
