package dev.latencylens.results.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.results.SampleRun;
import dev.latencylens.results.run.Cell;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileNamesTest {
  private static final String ALL =
      "a|b`c<script>&d\u001b[31m\u202e\u2066e\r\nf\u0000[x](y)\ud800 \u2028\"quoted\",g";

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@cmd", "\tx", "\rx"})
  void csvTextIsNoFormula(String name) {
    assertThat(SafeText.forCsv(name)).isEqualTo("'" + name);
  }

  @Test
  void csvTextThatIsHarmlessStaysAsItIs() {
    assertThat(SafeText.forCsv("gpt-4o=mini")).isEqualTo("gpt-4o=mini");
    assertThat(SafeText.forCsv("")).isEmpty();
  }

  @Test
  void csvKeepsItsColumnsWhateverTheNames() throws IOException {
    String csv = CsvSummary.render(summary());

    try (CSVParser parser = CSVFormat.RFC4180.parse(new StringReader(csv))) {
      List<CSVRecord> records = parser.getRecords();
      assertThat(records).hasSize(2);
      assertThat(records.get(1).size()).isEqualTo(records.get(0).size());
      assertThat(records.get(1).get(1)).isEqualTo(ALL);
      assertThat(records.get(1).get(3)).isEqualTo("'=" + ALL);
    }
    assertThat(csv).contains("\r\n");
  }

  @Test
  void markdownKeepsItsRowsAndHoldsNoMarkup() {
    String markdown = MarkdownSummary.render(summary());

    assertThat(markdown).doesNotContain("<script>").contains("&lt;script&gt;");
    assertThat(markdown).contains("a\\|b\\`c").contains("\\[x\\](y)");
    assertHarmless(markdown);
    long columns =
        pipes(markdown.lines().filter(l -> l.startsWith("|:")).findFirst().orElseThrow());
    markdown
        .lines()
        .filter(line -> line.startsWith("| ") && line.contains("script"))
        .findFirst()
        .ifPresentOrElse(
            line -> assertThat(pipes(line)).isEqualTo(columns),
            () -> assertThat(markdown).as("a row of the name").isEmpty());
  }

  @Test
  void terminalGetsNoControlCharactersAndNoMoreThanAHundredColumns() {
    String text = TerminalSummary.render(summary());

    assertHarmless(text);
    assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    assertThat(text).contains("\\u{1b}[31m\\u{202e}");
  }

  private static void assertHarmless(String text) {
    assertThat(text.codePoints().filter(c -> c != '\n'))
        .noneMatch(Character::isISOControl)
        .noneMatch(c -> Character.getType(c) == Character.FORMAT)
        .noneMatch(c -> Character.getType(c) == Character.SURROGATE)
        .noneMatch(c -> c == 0x2028);
  }

  private static long pipes(String line) {
    return line.replace("\\|", "").chars().filter(c -> c == '|').count();
  }

  private static Summary summary() {
    Cell cell = new Cell("c001", "B", ALL, "p", "=" + ALL, ALL, "", "", ALL, "m");
    return new Summary(
        SampleRun.manifest(ALL, 1, List.of(cell)),
        List.of(new SummaryRow(cell, List.of(), 1, new CellReadings(Optional.empty()))),
        List.of(),
        List.of(ALL),
        ClientReading.of(List.of()));
  }
}
