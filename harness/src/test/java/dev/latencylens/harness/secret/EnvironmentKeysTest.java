package dev.latencylens.harness.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentKeysTest {
  private static final String NEEDED_BY = "target openai/gpt-4o-mini";

  @Test
  void keyIsReadFromTheVariableThatIsNamed() throws Exception {
    final KeySource keys = new EnvironmentKeys(Map.of("A_KEY", "one", "B_KEY", "two"));
    final List<String> seen = new ArrayList<>();
    try (Secret key = keys.read("B_KEY", NEEDED_BY)) {
      key.use(seen::add);
    }

    assertThat(seen).containsExactly("two");
  }

  @Test
  void missingKeyNamesTheVariableToSetAndWhoNeedsIt() {
    final KeySource keys = new EnvironmentKeys(Map.of("OTHER_KEY", "MARKED"));

    assertThat(missing(keys))
        .isEqualTo("set OPENAI_API_KEY: target openai/gpt-4o-mini needs a key");
  }

  @ParameterizedTest
  @CsvSource({
    "'  ', the key is empty",
    "MARKED key, the key holds a character that no key has",
    "MARKED\u00e9, the key holds a character that no key has"
  })
  void unusableKeyIsNamedByItsVariableAndNeverRepeated(final String value, final String why) {
    assertThat(missing(new EnvironmentKeys(Map.of("OPENAI_API_KEY", value))))
        .startsWith("set OPENAI_API_KEY anew: " + why)
        .endsWith(NEEDED_BY + " needs one");
  }

  @Test
  void textFormHoldsNoKey() {
    assertThat(new EnvironmentKeys(Map.of("A_KEY", "MARKED")).toString())
        .doesNotContain("MARKED")
        .doesNotContain("A_KEY");
  }

  private static String missing(final KeySource keys) {
    final MissingKeyException missing =
        catchThrowableOfType(
            MissingKeyException.class, () -> keys.read("OPENAI_API_KEY", NEEDED_BY));
    final StringWriter trace = new StringWriter();
    missing.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("MARKED");
    return missing.getMessage();
  }
}
