package dev.latencylens.results.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.results.SampleRun;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.HistogramLog;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedRound;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.StreamCount;
import dev.latencylens.results.run.StreamLine;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostTablesTest {
  private static final OptionalLong NO_COST = OptionalLong.empty();

  private final Path directory;

  CostTablesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  /** A run whose cells c001, c002 … have a stream with each of the given costs. */
  private Summary summary(List<List<OptionalLong>> costsOfCells) throws IOException {
    List<Cell> cells = new ArrayList<>();
    for (int i = 1; i <= costsOfCells.size(); i++) {
      cells.add(SampleRun.cell("c00" + i, "openai", "model-" + i));
    }
    Manifest manifest = SampleRun.manifest("costs", 1, cells);
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    run.writeManifest(manifest);
    for (PlannedRound planned : manifest.rounds()) {
      List<StreamLine> lines = new ArrayList<>();
      List<OptionalLong> costs = costsOfCells.get(planned.round() - 1);
      for (int i = 0; i < costs.size(); i++) {
        lines.add(
            SampleRun.complete(planned.round(), planned.cell(), i, 100, 5, 10)
                .count(StreamCount.COST_PICO_USD, costs.get(i))
                .build());
      }
      lines.add(SampleRun.ended(planned.round(), planned.cell(), 99, "refused_by_limit").build());
      SampleRun.write(
          run, planned, lines, HistogramLog.of(SampleRun.STARTED, SampleRun.STARTED, Map.of()));
    }
    return Summary.read(run);
  }

  private static List<OptionalLong> costs(long... picoUsd) {
    return Arrays.stream(picoUsd).mapToObj(OptionalLong::of).toList();
  }

  private static List<CSVRecord> csv(Summary summary) throws IOException {
    return CSVFormat.RFC4180
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .get()
        .parse(new StringReader(CsvSummary.render(summary)))
        .getRecords();
  }

  @Test
  void csvHasTheExactSumAndMedianAndSaysWhatHasNoCost() throws IOException {
    List<OptionalLong> partial = new ArrayList<>(costs(4_500_000_000L));
    partial.add(NO_COST);
    partial.add(NO_COST);

    List<CSVRecord> rows =
        csv(
            summary(
                List.of(
                    costs(97_500_000, 97_500_001, 400_000_000),
                    partial,
                    List.of(NO_COST),
                    costs(0, 0))));

    assertThat(rows.get(0).get("cost_usd")).isEqualTo("0.000595000001");
    assertThat(rows.get(0).get("cost_per_stream_p50_usd")).isEqualTo("0.000097500001");
    assertThat(rows.get(0).get("notes")).doesNotContain("cost_usd");
    assertThat(rows.get(1).get("cost_usd")).isEqualTo("0.0045");
    assertThat(rows.get(1).get("cost_per_stream_p50_usd")).isEqualTo("0.0045");
    assertThat(rows.get(1).get("notes").split(";")).contains("cost_usd=partial:2");
    assertThat(rows.get(2).get("cost_usd")).isEmpty();
    assertThat(rows.get(2).get("cost_per_stream_p50_usd")).isEmpty();
    assertThat(rows.get(2).get("notes").split(";")).contains("cost_usd=absent");
    // A service that charges nothing is no service without a price.
    assertThat(rows.get(3).get("cost_usd")).isEqualTo("0");
    assertThat(rows.get(3).get("cost_per_stream_p50_usd")).isEqualTo("0");
  }

  @Test
  void aCostOfOnePicodollarIsNotRoundedAway() throws IOException {
    Summary summary = summary(List.of(costs(1)));

    assertThat(csv(summary).get(0).get("cost_usd")).isEqualTo("0.000000000001");
    assertThat(TerminalSummary.render(summary)).contains(" 0.000000000001");
    assertThat(MarkdownSummary.render(summary)).contains(" 0.000000000001 |");
  }

  @Test
  void aModelWithoutAPriceIsNotAvailableAndNeverZero() throws IOException {
    Summary summary =
        summary(List.of(costs(1_234_567_890_123L, 600_000_000_000L), List.of(NO_COST, NO_COST)));

    for (String text : List.of(TerminalSummary.render(summary), MarkdownSummary.render(summary))) {
      assertThat(text.lines().filter(line -> line.contains("model-1")))
          .anyMatch(line -> line.matches(".* 1\\.83 [| ]* 0\\.917( .*)?"));
      assertThat(text.lines().filter(line -> line.contains("model-2")))
          .anyMatch(line -> line.matches(".* n/a [| ]* n/a( .*)?"));
      assertThat(text.replaceAll("\\s+", " "))
          .contains("n/a as a cost: no price is known for the model")
          .contains("model-2.");
    }
  }

  @Test
  void whatTheSumLeavesOutIsSaidUnderTheTables() throws IOException {
    List<OptionalLong> partial = new ArrayList<>(costs(1_000_000_000L));
    partial.add(NO_COST);

    assertThat(MarkdownSummary.render(summary(List.of(partial))))
        .contains("the cost leaves out 1 of 2 streams");
  }

  @Test
  void withoutAnyPriceTheTablesForPeopleHaveNoCosts() throws IOException {
    Summary summary = summary(List.of(List.of(NO_COST), List.of(NO_COST)));

    assertThat(TerminalSummary.render(summary)).doesNotContain("cost/", "USD", "as a cost");
    assertThat(MarkdownSummary.render(summary)).doesNotContain("cost/", "USD", "as a cost");
  }

  @Test
  void aDamagedFileCannotOverflowTheSum() throws IOException {
    Summary summary = summary(List.of(costs(Long.MAX_VALUE, Long.MAX_VALUE)));

    assertThat(summary.rows().get(0).cost().totalUsd())
        .hasValueSatisfying(
            usd -> assertThat(usd).isEqualByComparingTo(new BigDecimal("18446744.073709551614")));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.0000975, 0.0000975",
    "0.00009756, 0.0000976",
    "0.004500000000, 0.0045",
    "0.015, 0.015",
    "0.1, 0.10",
    "0.12345, 0.123",
    "1.83456, 1.83",
    "1234.567, 1234.57",
    "1000000, 1000000.00"
  })
  void moneyForPeopleHasCentsOrThreeDigits(String usd, String expected) {
    assertThat(Decimal.money(new BigDecimal(usd))).isEqualTo(expected);
  }
}
