package dev.latencylens.results.table;

import dev.latencylens.results.Golden;
import dev.latencylens.results.SampleRun;
import dev.latencylens.results.compare.ColumnLeaders;
import dev.latencylens.results.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Others script against these bytes; see {@link Golden} for how to accept an intended change. */
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

    RunDirectory run = SampleRun.create(directory.resolve("run"));
    Summary summary = ColumnLeaders.marked(run, Summary.read(run));

    Golden.check("summary.csv.golden", CsvSummary.render(summary));
    Golden.check("summary.md.golden", MarkdownSummary.render(summary));
    Golden.check("terminal.txt.golden", TerminalSummary.render(summary));
  }
}
