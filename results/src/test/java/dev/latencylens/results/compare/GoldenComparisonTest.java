package dev.latencylens.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.results.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Others script against these bytes; see {@link Golden} for how to accept an intended change. */
class GoldenComparisonTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "tr-TR", "ar-EG-u-nu-arab"})
  void everyFormatIsTheGoldenOneInEveryLocale(String locale, @TempDir Path directory)
      throws IOException {
    Locale.setDefault(Locale.forLanguageTag(locale));

    CellComparison comparison =
        PlannedComparison.of(
                new ArmsRun()
                    .named("a|b <script>")
                    .slowedBy(0.08)
                    .dropping(0.03)
                    .missing(1)
                    .create(directory.resolve("run")))
            .orElseThrow();

    for (ComparisonFormat format : ComparisonFormat.values()) {
      Golden.check("compare." + format.label() + ".golden", format.render(comparison));
    }
    assertThat(ComparisonFormat.values()).hasSize(5);
  }
}
