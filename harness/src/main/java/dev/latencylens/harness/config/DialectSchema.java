package dev.latencylens.harness.config;

import dev.latencylens.harness.provider.ChatDialect;
import dev.latencylens.harness.provider.ChatDialect.LengthField;
import dev.latencylens.harness.provider.ChatDialect.MaxTokensField;
import dev.latencylens.harness.provider.ChatDialect.ReasoningPlace;
import dev.latencylens.harness.provider.ChatDialect.UsagePlace;
import java.net.URI;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A file of dialects: an entry for each service. */
final class DialectSchema {
  /** The configuration's key that names such a file. */
  static final String KEY = "dialects";

  private static final int MOST_ENTRIES = 1_000;
  private static final Pattern PROVIDER_ID = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

  private static final Key<ChatDialect, String> ID =
      Key.required(
          "id",
          new ScalarType<>(
              "1 to 32 lower-case letters, digits and hyphens that begin with a letter",
              Set.of(Tag.STR),
              DialectSchema::freeId,
              id -> id),
          ChatDialect::id,
          "What a target names as its provider; no id that comes with the suite.");

  private static final Key<ChatDialect, URI> BASE_URL =
      Key.required(
          "base_url",
          BaseUrl.encrypted("https://api.example.com/v1"),
          ChatDialect::baseUrl,
          "The service's own endpoint: https, or http on loopback.");

  private static final Key<ChatDialect, String> KEY_VARIABLE =
      Key.optional(
          "key_variable",
          Types.text(
              "the name of an environment variable such as EXAMPLE_API_KEY",
              text -> VARIABLE.matcher(text).matches(),
              text -> text),
          "no key is sent, unless a target names one",
          ChatDialect::keyVariable,
          "The environment variable with the key: never the key itself.");

  private static final Key<ChatDialect, UsagePlace> USAGE =
      Key.withDefault(
          "usage",
          Types.oneOf(UsagePlace.class),
          UsagePlace.OWN_CHUNK,
          ChatDialect::usage,
          "Where the token counts stand.");

  private static final Key<ChatDialect, List<ReasoningPlace>> REASONING =
      Key.optional(
          "reasoning",
          new OneOrMoreType<>(Types.oneOf(ReasoningPlace.class), ReasoningPlace.values().length),
          "none is streamed apart from the answer",
          dialect -> Optional.of(dialect.reasoning()).filter(places -> !places.isEmpty()),
          "Where reasoning stands in a delta; of several places the first counts.");

  private static final Key<ChatDialect, Boolean> STREAM_OPTIONS =
      Key.withDefault(
          "stream_options",
          Types.flag(),
          true,
          ChatDialect::streamOptions,
          "Whether the service takes stream_options, with which usage is asked for.");

  private static final Key<ChatDialect, MaxTokensField> MAX_TOKENS =
      Key.withDefault(
          "max_tokens",
          Types.oneOf(MaxTokensField.class),
          MaxTokensField.MAX_TOKENS,
          ChatDialect::maxTokens,
          "The name of the limit on output.");

  private static final Key<ChatDialect, Boolean> KEEP_ALIVES =
      Key.withDefault(
          "keep_alives",
          Types.flag(),
          false,
          ChatDialect::keepAlives,
          "Whether comments keep the connection alive; they are read over in any case.");

  private static final Key<ChatDialect, Boolean> SEVERAL_DELTAS =
      Key.withDefault(
          "several_deltas",
          Types.flag(),
          false,
          ChatDialect::severalDeltas,
          "Whether a chunk may bring several deltas; all are read in any case.");

  private static final Key<ChatDialect, List<LengthField>> EXACT_OUTPUT =
      Key.optional(
          "exact_output",
          new OneOrMoreType<>(Types.oneOf(LengthField.class), LengthField.values().length),
          "the length of an answer can't be fixed",
          dialect -> Optional.of(dialect.exactOutput()).filter(fields -> !fields.isEmpty()),
          "The fields that fix an answer's length.");

  private static final Key<ChatDialect, URI> REFERENCE =
      Key.optional(
          "reference",
          Types.page("the https address of a page"),
          "none",
          ChatDialect::reference,
          "The page that says so.");

  private static final Key<ChatDialect, LocalDate> CHECKED =
      Key.optional(
          "checked",
          Types.date(),
          "never",
          ChatDialect::checked,
          "The day on which the entry was compared with it.");

  private static final Section<ChatDialect> ENTRY =
      new Section<>(
          List.of(
              ID,
              BASE_URL,
              KEY_VARIABLE,
              USAGE,
              REASONING,
              STREAM_OPTIONS,
              MAX_TOKENS,
              KEEP_ALIVES,
              SEVERAL_DELTAS,
              EXACT_OUTPUT,
              REFERENCE,
              CHECKED),
          DialectSchema::entry);

  private static final Key<List<ChatDialect>, List<ChatDialect>> ENTRIES =
      Key.required(KEY, new ListType<>(ENTRY, MOST_ENTRIES), entries -> entries, "The dialects.");

  static final Section<List<ChatDialect>> SECTION =
      new Section<>(List.of(ENTRIES), DialectSchema::file);

  private DialectSchema() {}

  private static Optional<String> freeId(final String text, final Reading reading) {
    if (reading.providers().isBundled(text)) {
      throw new IllegalArgumentException(
          Shown.text(text) + " is a provider that comes with the suite: choose another id");
    }
    return Optional.of(text).filter(id -> PROVIDER_ID.matcher(id).matches());
  }

  private static Optional<ChatDialect> entry(final Values values) {
    return Optional.of(
        new ChatDialect(
            values.get(ID),
            values.get(BASE_URL),
            values.find(KEY_VARIABLE),
            values.get(USAGE),
            values.find(REASONING).orElseGet(List::of),
            values.get(STREAM_OPTIONS),
            values.get(MAX_TOKENS),
            values.get(KEEP_ALIVES),
            values.get(SEVERAL_DELTAS),
            values.find(EXACT_OUTPUT).orElseGet(List::of),
            values.find(REFERENCE),
            values.find(CHECKED)));
  }

  private static Optional<List<ChatDialect>> file(final Values values) {
    final List<ChatDialect> entries = values.get(ENTRIES);
    final List<Node> places = ((SequenceNode) values.place(ENTRIES)).getValue();
    final Set<String> ids = new HashSet<>();
    for (int i = 0; i < entries.size(); i++) {
      if (!ids.add(entries.get(i).id())) {
        values.problem(
            places.get(i), "a second entry has the id " + Shown.text(entries.get(i).id()));
      }
    }
    return Optional.of(entries);
  }
}
