package dev.latencylens.results.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.results.run.SignedHistogram;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownAnswerTableTest {
  private static final KnownAnswerTable.Way PLAIN = new KnownAnswerTable.Way("HTTP/1.1", 2, 50);

  private static KnownAnswerTable.Errors errors(int lost, long... micros) {
    SignedHistogram ttft = new SignedHistogram();
    SignedHistogram gap = new SignedHistogram();
    SignedHistogram stamp = new SignedHistogram();
    for (long each : micros) {
      ttft.recordValue(each * 1_000);
      gap.recordValue(-each * 100);
      stamp.recordValue(each * 1_000);
    }
    return new KnownAnswerTable.Errors(lost, ttft, gap, stamp);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "tr-TR", "ar-EG"})
  void aRowHoldsTheMediansOfItsPairsAndAnIntervalOnceThereAreSix(String locale) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(locale));
    try {
      KnownAnswerTable table = new KnownAnswerTable();
      for (int pair = 1; pair <= 6; pair++) {
        table.add(PLAIN, errors(pair == 3 ? 1 : 0, 100L * pair, 400L * pair), errors(0, 100, 200));
      }
      table.add(new KnownAnswerTable.Way("HTTP/2", 1, 10), errors(0, 50), errors(0, 100));

      assertThat(table.markdown().lines().skip(2))
          .containsExactly(
              "| HTTP/1.1 | 2 | 50 | 1 | 0.350, 1.400 | -0.140, -0.035 | 0.350, 1.400 | 0.100, 0.200"
                  + " | 3.50 [1.00, 6.00] | 7.00 [2.00, 12.00] |",
              "| HTTP/2 | 1 | 10 | 0 | 0.050, 0.050 | -0.005, -0.005 | 0.050, 0.050 | 0.100, 0.100 |"
                  + " 0.50 | 0.50 |");
      assertThat(table.lost()).isEqualTo(1);
    } finally {
      Locale.setDefault(before);
    }
  }
}
