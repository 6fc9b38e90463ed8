package dev.latencylens.results.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.latencylens.results.SampleRun;
import dev.latencylens.results.run.Account;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.InstrumentReading;
import dev.latencylens.results.run.LoadReading;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.Objectives;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.StreamCount;
import dev.latencylens.results.run.StreamLineBuilder;
import dev.latencylens.results.run.StreamText;
import dev.latencylens.results.run.StreamTime;
import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.Statistic;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class LoadTablesTest {
  private static final long MILLI = 1_000_000;
  private static final Cell CELL =
      new Cell("c001", "LoadBenchmark", "t", "p", "m", "w", "constant 10/s for 2s", "", "", "box");

  private final CellReadings readings =
      new CellReadings(
          Optional.of(
              new Objectives(OptionalLong.of(500 * MILLI), OptionalLong.of(30 * MILLI), 0.99)));

  /** A stream that started on time or waited for a place, and whose first token came after 100. */
  private static StreamLineBuilder stream(final int number, final long queuedMillis) {
    return SampleRun.complete(1, "c001", number, 100, 20, 11)
        .time(StreamTime.ACTUAL_START, (number * 100L + queuedMillis) * MILLI)
        .time(StreamTime.QUEUE, queuedMillis * MILLI)
        .time(StreamTime.RESPONSE_TTFT, (queuedMillis + 100) * MILLI)
        .time(StreamTime.RESPONSE_E2E, (queuedMillis + 300) * MILLI);
  }

  private SummaryRow row(final Account account, final LoadReading load) {
    final Round round =
        new Round(
            1,
            1,
            "c001",
            Instant.EPOCH,
            Instant.EPOCH,
            Round.Status.FINISHED,
            Optional.empty(),
            JsonNodeFactory.instance.arrayNode(),
            Map.of(),
            InstrumentReading.NONE,
            account,
            Optional.of(load));
    return new SummaryRow(CELL, List.of(round), 1, readings);
  }

  private static CSVRecord csv(final Summary summary) throws IOException {
    return CSVFormat.RFC4180
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .get()
        .parse(new StringReader(CsvSummary.render(summary)))
        .getRecords()
        .get(0);
  }

  private static Summary summary(final SummaryRow row) {
    final Manifest manifest = SampleRun.manifest("load", 1, List.of(CELL));
    return new Summary(manifest, List.of(row), List.of(), List.of(), ClientReading.of(List.of()));
  }

  @Test
  void theRowSaysThatTheLoadWasNotMetAndWhatTheWaitCost() throws IOException {
    for (int i = 0; i < 100; i++) {
      final StreamLineBuilder line = stream(i, i < 20 ? 900 : 1);
      readings.add(
          i < 20 ? line.text(StreamText.HELD_BY, "load:max_in_flight").build() : line.build());
    }
    final Summary summary =
        summary(
            row(
                new Account(120, 0, 100, 0, 20, Map.of("complete", 100L)),
                new LoadReading(110, 100, 95, 20, 12, 10)));
    final CSVRecord row = csv(summary);

    assertThat(row.get("planned")).isEqualTo("120");
    assertThat(row.get("streams")).isEqualTo("100");
    assertThat(row.get("not_started")).isEqualTo("20");
    assertThat(row.get("offered_per_second")).isEqualTo("11.000");
    assertThat(row.get("started_per_second")).isEqualTo("10.000");
    assertThat(row.get("achieved_per_second")).isEqualTo("9.500");
    assertThat(row.get("longest_queue")).isEqualTo("12");
    assertThat(row.get("ttft_p90_ms")).isEqualTo("100.000");
    assertThat(row.get("response_ttft_p90_ms")).isEqualTo("1000.000");
    assertThat(row.get("queue_p90_ms")).isEqualTo("900.000");
    // The wait for a place is none of the pacing's.
    assertThat(row.get("start_error_p90_ms")).isEqualTo("1.000");
    assertThat(row.get("notes")).contains("load=not_met:20");
    // 80 of 100 within 500 ms of their intended start.
    assertThat(row.get("goodput_share")).isEqualTo("0.800");
    assertThat(TerminalSummary.render(summary))
        .contains("9.50 ‡")
        .contains("20 of 110 starts waited for a place");
    assertThat(MarkdownSummary.render(summary)).contains("9.50 ‡").contains("start_error p90");
  }

  @Test
  void aRetryAddsNothingToWhatUsersWaited() {
    for (int i = 0; i < 100; i++) {
      readings.add(stream(i, 1).build());
      readings.add(stream(i, 5_000).count(StreamCount.ATTEMPT, 2).build());
    }

    final SummaryRow row =
        row(
            new Account(100, 100, 200, 0, 0, Map.of("complete", 200L)),
            new LoadReading(100, 100, 100, 0, 0, 10));

    assertThat(row.statistic(Metric.RESPONSE_TTFT, Percentile.P90))
        .isEqualTo(new Statistic.Value(101.0 * MILLI));
    assertThat(row.account().balances()).isTrue();
  }

  @Test
  void aStreamIsGoodOnlyIfItMeetsEveryObjective() {
    readings.add(stream(0, 1).build());
    readings.add(stream(1, 401).build());
    readings.add(stream(2, 1).tpotNanos(OptionalDouble.of(31.0 * MILLI)).build());
    readings.add(stream(3, 1).tpotNanos(OptionalDouble.empty()).build());
    readings.add(SampleRun.ended(1, "c001", 4, "timeout_idle").build());

    final SummaryRow row =
        row(
            new Account(5, 5, Map.of("complete", 4L, "timeout_idle", 1L)),
            new LoadReading(5, 5, 5, 0, 0, 1));

    assertThat(row.goodputShare()).hasValue(0.2);
  }

  @Test
  void anAccountThatLosesARequestIsNoticed() {
    assertThat(new Account(10, 0, 8, 1, 1, Map.of("complete", 8L, "refused_by_limit", 1L)))
        .matches(Account::balances);
    assertThat(new Account(10, 2, 10, 1, 1, Map.of("complete", 10L, "refused_by_limit", 1L)))
        .matches(Account::balances);
    assertThat(new Account(10, 0, 9, 0, 0, Map.of("complete", 9L))).matches(a -> !a.balances());
    assertThat(new Account(10, 0, 10, 0, 0, Map.of("complete", 9L))).matches(a -> !a.balances());
    assertThat(new Account(10, 0, 9, 1, 0, Map.of("complete", 9L))).matches(a -> !a.balances());
  }
}
