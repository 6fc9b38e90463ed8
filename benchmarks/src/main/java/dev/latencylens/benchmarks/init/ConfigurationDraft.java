package dev.latencylens.benchmarks.init;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Optional;

/** A commented configuration in YAML, from answers. Stateless. */
final class ConfigurationDraft {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROUNDS = 2;

  private static final String HEAD =
      """
      # Written by scripts/init. Look it over, then:
      #
      #   scripts/doctor --config $FILE
      #       is the key there, does the service answer?
      #   scripts/bench --config $FILE --dry-run
      #       what would be sent, and what could it cost?
      #   scripts/bench --config $FILE --simulate
      #       a rehearsal, without a key
      #   scripts/bench --config $FILE
      #
      # No key belongs into this file: it would be refused.

      """;

  private static final String REST =
      """

      # What is asked. Under Workloads, README.md has prompts from files and lengths.
      workload: { prompt: "Say hello in one sentence.", max_output_tokens: 64 }

      # How many streams in each round, and how many at a time.
      load: { streams: $STREAMS, concurrency: $CONCURRENCY }

      # Each target is measured so often. Verdicts take six or more.
      rounds: $ROUNDS

      # The run does not start if it could exceed this: raise it with streams and
      # rounds, or add usd.
      budget: { requests: $REQUESTS }
      """;

  private ConfigurationDraft() {}

  /**
   * Writes it.
   *
   * @param answers what it says
   * @param file what it will be called, for the commands in its comments
   * @param ownVariable where the provider's own tools find a key, where that is one variable
   */
  static String yaml(final Answers answers, final Path file, final Optional<String> ownVariable) {
    final StringBuilder yaml = new StringBuilder(HEAD.replace("$FILE", plain(file)));
    yaml.append("targets:\n  - provider: ").append(quoted(answers.provider())).append('\n');
    line(yaml, "model", answers.model());
    answers.options().forEach((name, value) -> line(yaml, name, value));
    if (answers.baseUrl().isPresent()) {
      line(yaml, "base_url", answers.baseUrl().get());
    } else {
      yaml.append("    # base_url: another endpoint than the provider's own\n");
    }
    key(yaml, answers.key(), ownVariable);
    return yaml.append(
            REST.replace("$STREAMS", Integer.toString(answers.streams()))
                .replace("$CONCURRENCY", Integer.toString(answers.concurrency()))
                .replace("$ROUNDS", Integer.toString(ROUNDS))
                .replace("$REQUESTS", Long.toString((long) answers.streams() * ROUNDS)))
        .toString();
  }

  private static void key(
      final StringBuilder yaml, final KeyPlace place, final Optional<String> ownVariable) {
    if (place instanceof KeyPlace.Variable variable) {
      yaml.append("    # The environment variable that holds the key.\n    key: { env: ")
          .append(quoted(variable.name()))
          .append(" }\n");
    } else if (place instanceof KeyPlace.KeyFile file) {
      yaml.append("    # It holds nothing but the key, and is yours alone (chmod 600).\n")
          .append("    key: { file: ")
          .append(quoted(file.path()))
          .append(" }\n");
    } else if (place instanceof KeyPlace.None) {
      yaml.append("    # The server needs no key.\n    key: none\n");
    } else {
      yaml.append("    # The key is looked for ")
          .append(
              ownVariable
                  .map(name -> "in " + name + ", then in .env beside this file.")
                  .orElse("where the provider's own tools look."))
          .append(
              "\n    # key: { env: ANOTHER_VARIABLE }, or { file: PATH }; README.md names more\n");
    }
  }

  private static void line(final StringBuilder yaml, final String name, final String value) {
    yaml.append("    ").append(name).append(": ").append(quoted(value)).append('\n');
  }

  /** A JSON text is a text of YAML too, whatever is in it. */
  private static String quoted(final String text) {
    try {
      return JSON.writeValueAsString(text);
    } catch (final JsonProcessingException e) {
      throw new IllegalStateException("each text can be written", e);
    }
  }

  /** A name that would end the comment, or mean something to a shell, is not put into it. */
  private static String plain(final Path file) {
    final String name = file.toString();
    return name.matches("[A-Za-z0-9._/-]{1,100}") ? name : "FILE";
  }
}
