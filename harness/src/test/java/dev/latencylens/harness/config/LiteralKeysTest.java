package dev.latencylens.harness.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralKeysTest {
  /** The middle of it is looked for everywhere, so that a shortened form is found too. */
  private static final String KEY = "sk-proj-MARKED-0123456789abcdefghij";

  private final ConfigurationFile file;

  LiteralKeysTest(@TempDir final Path directory) {
    file = new ConfigurationFile(directory);
  }

  private ConfigurationException refusal(final String line) {
    final ConfigurationException refusal = file.refusal(ConfigurationFile.TARGETS + line + "\n");
    final StringWriter trace = new StringWriter();
    refusal.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("MARKED").doesNotContain("hunter2");
    return refusal;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api_key",
        "apiKey",
        "API-KEY",
        "x-api-key",
        "token",
        "access_token",
        "password",
        "secret",
        "Authorization"
      })
  void literalKeyIsRefusedByItsNameWithThePlaceAndWhatToDo(final String name) {
    assertThat(refusal("    " + name + ": " + KEY).getMessage())
        .isEqualTo(
            file.path()
                + ":4:5: \""
                + name
                + "\" is refused: keys don't belong into a file; put it into an environment"
                + " variable, and name that on the target as key: { env: NAME }");
    assertThat(refusal(name + ": hunter2").getMessage())
        .contains(":4:1: \"" + name + "\" is refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {KEY, "hunter2", "OPENAI_API_KEY", "12345", "", "[" + KEY + "]"})
  void literalKeyBehindKeyIsRefused(final String value) {
    assertThat(refusal("    key: " + value).getMessage())
        .contains(":4:")
        .contains("a key stands here", "key: { env: NAME }", "key: none");
  }

  @ParameterizedTest
  @ValueSource(strings = {KEY, "AIzaMARKED0123456789", "a " + KEY})
  void keyInPlaceOfAVariableIsRefused(final String value) {
    assertThat(refusal("    key: { env: " + value + " }").getMessage())
        .contains(":4:17: a key stands here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2", "lower_case", "1A", "''"})
  void whatIsNoVariableIsRefused(final String value) {
    assertThat(refusal("    key: { env: " + value + " }").getMessage())
        .contains(":4:17: env must be the name of an environment variable in capitals");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http2: " + KEY,
        "rounds: " + KEY,
        KEY + ": 1",
        "name: \"" + KEY + "!\"",
        "deadlines: { idle: " + KEY + " }",
        "    base_url: " + KEY,
        "    base_url: \"https://x/ " + KEY + "\"",
        "    verify_ssl: " + KEY,
        "http2: *" + KEY,
        "http2: !" + KEY + " x",
        "http2: \"" + KEY,
        "http2: \"" + KEY + "\\q\"",
        "  - { provider: " + KEY + ", model: x }",
        "    key: { env: [" + KEY + "] }",
        "%" + KEY
      })
  void keyThatWasPastedInTheWrongPlaceIsNotRepeated(final String line) {
    assertThat(refusal(line).problems()).isNotEmpty();
  }
}
