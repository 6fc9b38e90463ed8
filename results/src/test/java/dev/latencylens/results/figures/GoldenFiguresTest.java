package dev.latencylens.results.figures;

import dev.latencylens.results.Golden;
import dev.latencylens.results.SampleRun;
import dev.latencylens.results.table.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Others script against these bytes; see {@link Golden} for how to accept an intended change. */
class GoldenFiguresTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "tr-TR", "ar-EG-u-nu-arab"})
  void formatsForProgramsAreTheGoldenOnesInEveryLocale(String locale, @TempDir Path directory)
      throws IOException {
    Locale.setDefault(Locale.forLanguageTag(locale));

    Summary summary = Summary.read(SampleRun.create(directory.resolve("run")));

    Golden.check("metrics.csv.golden", MetricsCsv.render(summary));
    Golden.check("results.json.golden", ResultsJson.render(summary));
    Golden.check("openmetrics.txt.golden", OpenMetrics.render(summary));
  }
}
