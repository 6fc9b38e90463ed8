package dev.latencylens.results.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseNameTest {
  private final Locale locale = Locale.getDefault();

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(locale);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.2.0", "a", "v1_2-rc.3", "2026-11-23"})
  void aNameThatEveryFileSystemTakesIsValid(String name) {
    assertThat(ReleaseName.isValid(name)).isTrue();
  }

  @Test
  void aNameIsAsLongAsSixtyFourCharacters() {
    assertThat(ReleaseName.isValid("x".repeat(64))).isTrue();
    assertThat(ReleaseName.isValid("x".repeat(65))).isFalse();
  }

  @Test
  void namesOfDevicesAreTakenInEveryLocale() {
    // A Turkish I has a dot of its own.
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));

    assertThat(ReleaseName.isValid("README.MD")).isFalse();
    assertThat(ReleaseName.isValid("CON")).isFalse();
    assertThat(ReleaseName.isValid("lpt1.2")).isFalse();
    assertThat(ReleaseName.isValid("console")).isTrue();
  }
}
