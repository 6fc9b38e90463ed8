package dev.latencylens.harness.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyRingTest {
  private static final String NEEDED_BY = "target openai/gpt-4o-mini";

  private final Path directory;

  KeyRingTest(@TempDir final Path directory) {
    this.directory = directory;
  }

  private static KeyRing ring(final Map<String, String> environment) {
    return new KeyRing(environment, Optional.empty(), VaultSettings.FROM_ENVIRONMENT);
  }

  private static KeyLocation env(final String variable) {
    return new KeyLocation.Environment(variable);
  }

  private KeyLocation file(final String name, final String content, final String mode)
      throws IOException {
    final Path file = Files.writeString(directory.resolve(name), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return new KeyLocation.KeyFile(file);
  }

  private static String value(final KeySupply.ReadKey key) {
    final List<String> seen = new ArrayList<>();
    try (Secret secret = key.secret()) {
      secret.use(seen::add);
    }
    return seen.get(0);
  }

  @Test
  void placesAreTriedInTheirOrder() throws Exception {
    final KeyRing keys = ring(Map.of("A_KEY", "one", "B_KEY", "two"));
    final KeyLocation file = file("key", "three\n", "rw-------");

    assertThat(value(keys.read(List.of(env("NOT_SET"), env("B_KEY"), env("A_KEY")), NEEDED_BY)))
        .isEqualTo("two");
    assertThat(value(keys.read(List.of(file, env("A_KEY")), NEEDED_BY))).isEqualTo("three");
    assertThat(keys.read(List.of(env("NOT_SET"), file), NEEDED_BY).source())
        .isEqualTo(file.inWords());
  }

  @Test
  void aBrokenPlaceIsToldAndNotPassedBy() throws Exception {
    final KeyLocation open = file("open", "MARKED", "rw-r--r--");

    assertThat(missing(ring(Map.of("A_KEY", "one")), List.of(open, env("A_KEY"))))
        .contains("chmod 600")
        .endsWith("; " + NEEDED_BY + " needs a key");
  }

  @Test
  void aProvidersOwnKeyIsInItsVariableAndThenInDotEnv() throws Exception {
    final Path dotEnv = directory.resolve(".env");
    final KeyRing keys =
        new KeyRing(Map.of("SET_KEY", "one"), Optional.of(dotEnv), VaultSettings.FROM_ENVIRONMENT);
    assertThat(missing(keys, keys.own("UNSET_KEY")))
        .isEqualTo(
            "set UNSET_KEY, or put it into UNSET_KEY in "
                + dotEnv
                + ": target openai/gpt-4o-mini needs a key");

    file(".env", "SET_KEY=other\nUNSET_KEY=two\n", "rw-------");

    assertThat(value(keys.read(keys.own("SET_KEY"), NEEDED_BY))).isEqualTo("one");
    assertThat(value(keys.read(keys.own("UNSET_KEY"), NEEDED_BY))).isEqualTo("two");
  }

  @Test
  void missingKeyNamesTheVariableToSetAndWhoNeedsIt() {
    assertThat(missing(ring(Map.of("OTHER_KEY", "MARKED")), List.of(env("OPENAI_API_KEY"))))
        .isEqualTo("set OPENAI_API_KEY: target openai/gpt-4o-mini needs a key");
  }

  @ParameterizedTest
  @CsvSource({
    "'  ', the key is empty",
    "MARKED key, the key holds a character that no key has",
    "MARKED\u00e9, the key holds a character that no key has"
  })
  void unusableKeyIsNamedByItsVariableAndNeverRepeated(final String value, final String why) {
    assertThat(missing(ring(Map.of("A_KEY", value)), List.of(env("A_KEY"))))
        .startsWith("set A_KEY anew: " + why)
        .endsWith("; " + NEEDED_BY + " needs a key");
  }

  @Test
  void textFormsHoldNoKey() {
    assertThat(ring(Map.of("A_KEY", "MARKED")).toString()).doesNotContain("MARKED", "A_KEY");
    assertThat(new EnvironmentKeys(Map.of("A_KEY", "MARKED")).toString())
        .doesNotContain("MARKED", "A_KEY");
    assertThat(new KeyLocation.Command(List.of("pass", "MARKED")).inWords())
        .doesNotContain("MARKED");
  }

  private static String missing(final KeyRing keys, final List<KeyLocation> places) {
    final MissingKeyException missing =
        catchThrowableOfType(MissingKeyException.class, () -> keys.read(places, NEEDED_BY));
    final StringWriter trace = new StringWriter();
    missing.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("MARKED");
    return missing.getMessage();
  }
}
