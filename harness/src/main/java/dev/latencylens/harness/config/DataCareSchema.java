package dev.latencylens.harness.config;

import dev.latencylens.harness.prompt.PromptPolicy;
import dev.latencylens.harness.secret.KeyLocation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The section {@code data}. */
final class DataCareSchema {
  private static final Pattern USER_ID = Pattern.compile("[A-Za-z0-9._@-]{1,128}");
  private static final Pattern DAYS = Pattern.compile("([1-9][0-9]{0,4})d");

  private static final Key<DataCare, String> USER_ID_KEY =
      Key.optional(
          "user_id",
          userId(),
          "nobody is named",
          DataCare::userId,
          "Whose requests these are: for the audit log, and for scripts/erase --subject.");

  private static final Key<DataCare, Duration> KEEP =
      Key.optional(
          "keep",
          new ScalarType<>(
              "a number of days such as 90d",
              Set.of(Tag.STR),
              (text, reading) -> days(text),
              keep -> keep.toDays() + "d"),
          "until somebody erases it",
          DataCare::keep,
          "How long the run is kept: scripts/erase --expired removes what is older.");

  private static final Key<DataCare, PromptPolicy> PROMPT_RULES =
      Key.withDefault(
          "prompt_rules",
          Types.oneOf(PromptPolicy.class),
          DataCare.DEFAULT.promptRules(),
          DataCare::promptRules,
          "What happens to a prompt that a rule flags as an injection.");

  private static final Key<DataCare, Path> PROMPT_RULE_FILE =
      Key.optional(
          "prompt_rule_file",
          new ScalarType<>(
              "the path of a file with rules",
              Set.of(Tag.STR),
              (text, reading) -> Optional.of(FilePaths.resolve(text, reading.directory())),
              path -> String.valueOf(path.getFileName())),
          "the rules that come with the suite",
          DataCare::promptRuleFile,
          "The rules, relative to the configuration's directory.");

  private static final Key<DataCare, Boolean> STORE_TEXTS =
      Key.withDefault(
          "store_texts",
          Types.flag(),
          false,
          DataCare::storeTexts,
          "Whether prompts and answers are stored in the run directory, encrypted.");

  private static final Key<DataCare, List<KeyLocation>> STORE_KEY =
      Key.optional(
          "store_key",
          new KeyLocationType.InOrder(),
          "none",
          care -> Optional.of(care.storeKey()).filter(places -> !places.isEmpty()),
          "Where the key of stored texts is: 32 random bytes in base64.");

  static final Section<DataCare> SECTION =
      new Section<>(
          List.of(USER_ID_KEY, KEEP, PROMPT_RULES, PROMPT_RULE_FILE, STORE_TEXTS, STORE_KEY),
          DataCareSchema::build);

  private DataCareSchema() {}

  /** Whose requests these are: what may stand in an audit log, and nothing else. */
  static ValueType<String> userId() {
    return Types.text(
        "1 to 128 letters, digits and . _ @ -",
        text -> USER_ID.matcher(text).matches(),
        text -> text);
  }

  private static Optional<Duration> days(final String text) {
    final var matcher = DAYS.matcher(text);
    return matcher.matches()
        ? Optional.of(Duration.ofDays(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }

  private static Optional<DataCare> build(final Values values) {
    final boolean store = values.get(STORE_TEXTS);
    if (store && !values.isGiven(STORE_KEY)) {
      values.problem(
          STORE_TEXTS, "store_texts needs store_key: texts are stored encrypted or not at all");
      return Optional.empty();
    }
    return Optional.of(
        new DataCare(
            values.find(USER_ID_KEY),
            values.find(KEEP),
            values.get(PROMPT_RULES),
            values.find(PROMPT_RULE_FILE),
            store,
            values.find(STORE_KEY).orElseGet(List::of)));
  }
}
