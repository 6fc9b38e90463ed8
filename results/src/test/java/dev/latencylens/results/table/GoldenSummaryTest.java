package dev.latencylens.results.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.results.SampleRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Others script against these bytes. To accept an intended change, run with {@code
 * -Dgolden.write=src/test/resources/golden} and read the difference.
 */
class GoldenSummaryTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "tr-TR", "ar-EG-u-nu-arab"})
  void tablesAreTheGoldenOnesInEveryLocale(String locale, @TempDir Path directory)
      throws IOException {
    Locale.setDefault(Locale.forLanguageTag(locale));

    Summary summary = Summary.read(SampleRun.create(directory.resolve("run")));

    check("summary.csv.golden", CsvSummary.render(summary));
    check("summary.md.golden", MarkdownSummary.render(summary));
    check("terminal.txt.golden", TerminalSummary.render(summary));
  }

  private static void check(String name, String text) throws IOException {
    String target = System.getProperty("golden.write");
    if (target != null) {
      Files.writeString(Path.of(target, name), text);
      return;
    }
    try (InputStream golden = GoldenSummaryTest.class.getResourceAsStream("/golden/" + name)) {
      assertThat(golden).as("golden file %s", name).isNotNull();
      assertThat(text).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
