package dev.latencylens.results.table;

import dev.latencylens.results.run.LoadReading;
import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.Statistic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * {@code summary.csv}: RFC 4180, one row for each cell. Cells are numbers or empty; the last
 * column, {@code notes}, says why, as {@code
 * metric_stat=few:n|censored:limit|absent|late|partial:n}, and how many streams ended in which
 * failure, separated by semicolons.
 */
public final class CsvSummary {
  /** The last column: what is to be said of the numbers. */
  public static final String NOTES = "notes";

  private static final int DECIMALS = 3;
  private static final double NANOS_PER_MILLI = 1e6;

  private CsvSummary() {}

  /**
   * Renders a summary.
   *
   * @param summary the summary
   * @return the whole file, the same in every locale
   */
  public static String render(Summary summary) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
      csv.printRecord(columns());
      for (SummaryRow row : summary.rows()) {
        csv.printRecord(record(row, summary));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a string builder does not fail", e);
    }
    return text.toString();
  }

  /**
   * The names of the columns: first the {@link Dimension}s, which are texts, then numbers, and last
   * {@link #NOTES}.
   *
   * @return the heading, in order
   */
  public static List<String> columns() {
    List<String> names = new ArrayList<>();
    for (Dimension dimension : Dimension.values()) {
      names.add(dimension.column());
    }
    names.addAll(List.of("streams", "errors"));
    for (Metric metric : Metric.values()) {
      for (Percentile percentile : Percentile.values()) {
        names.add(metric.column(percentile));
      }
    }
    names.addAll(
        List.of(
            "input_tokens_p50",
            "output_tokens_p50",
            "cost_usd",
            "cost_per_stream_p50_usd",
            "coalesced_share",
            "planned",
            "retries",
            "refused",
            "not_started",
            "throughput_tps",
            "offered_per_second",
            "started_per_second",
            "achieved_per_second",
            "longest_queue",
            "goodput_share",
            "goodput_per_second",
            "instrument_error_p50_ms",
            "instrument_error_p99_ms",
            "instrument_error_max_ms",
            NOTES));
    return names;
  }

  private static List<String> record(SummaryRow row, Summary summary) {
    List<String> values = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Dimension dimension : Dimension.values()) {
      values.add(SafeText.forCsv(dimension.of(row.cell())));
    }
    values.add(Long.toString(row.streams()));
    values.add(Long.toString(row.errors()));
    for (Metric metric : Metric.values()) {
      for (Percentile percentile : Percentile.values()) {
        Statistic statistic = row.statistic(metric, percentile);
        values.add(
            number(
                metric.statistic(percentile), statistic, metric.inTableUnit(1), DECIMALS, notes));
        if (row.late(metric, percentile)) {
          notes.add(metric.statistic(percentile) + "=late");
        }
      }
    }
    values.add(number("input_tokens_p50", row.inputTokens(), 1, 1, notes));
    values.add(number("output_tokens_p50", row.outputTokens(), 1, 1, notes));
    addCost(row.cost(), values, notes);
    if (row.coalescedShare().isPresent()) {
      values.add(Decimal.fixed(row.coalescedShare().getAsDouble(), 4));
    } else {
      values.add("");
      notes.add("coalesced_share=absent");
    }
    values.add(Long.toString(row.account().planned()));
    values.add(Long.toString(row.account().retries()));
    values.add(Long.toString(row.account().refused()));
    values.add(Long.toString(row.account().notStarted()));
    values.add(number(row.throughput()));
    for (ToDoubleFunction<LoadReading> rate :
        List.<ToDoubleFunction<LoadReading>>of(
            LoadReading::offeredPerSecond,
            LoadReading::startedPerSecond,
            LoadReading::achievedPerSecond)) {
      values.add(
          row.load().map(load -> Decimal.fixed(rate.applyAsDouble(load), DECIMALS)).orElse(""));
    }
    values.add(row.load().map(load -> Long.toString(load.longestQueue())).orElse(""));
    values.add(number(row.goodputShare()));
    values.add(number(row.goodputPerSecond()));
    for (Percentile percentile : List.of(Percentile.P50, Percentile.P99)) {
      String name = "instrument_error_" + percentile.label();
      Statistic error = row.instrumentError(percentile);
      values.add(number(name, error, 1 / NANOS_PER_MILLI, DECIMALS, notes));
    }
    values.add(
        row.instrumentErrorMaxNanos().isPresent()
            ? Decimal.fixed(row.instrumentErrorMaxNanos().getAsDouble() / NANOS_PER_MILLI, DECIMALS)
            : "");
    addRowNotes(row, summary, notes);
    values.add(SafeText.forCsv(String.join(";", notes)));
    return values;
  }

  /** Money is exact, down to the picodollar: a small cost must never look like none. */
  private static void addCost(RowCost cost, List<String> values, List<String> notes) {
    values.add(cost.totalUsd().map(Decimal::exact).orElse(""));
    values.add(cost.perStreamP50Usd().map(Decimal::exact).orElse(""));
    if (cost.totalUsd().isEmpty()) {
      notes.add("cost_usd=absent");
    } else if (cost.streamsWithout() > 0) {
      notes.add("cost_usd=partial:" + cost.streamsWithout());
    }
  }

  private static String number(
      String name, Statistic statistic, double unit, int decimals, List<String> notes) {
    StatisticNote.of(statistic, unit, decimals).ifPresent(why -> notes.add(name + "=" + why));
    return statistic instanceof Statistic.Value value
        ? Decimal.fixed(value.value() * unit, decimals)
        : "";
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? Decimal.fixed(value.getAsDouble(), DECIMALS) : "";
  }

  private static void addRowNotes(SummaryRow row, Summary summary, List<String> notes) {
    if (AnswerLengths.differ(row, summary.rows())) {
      notes.add("e2e=lengths_differ");
    }
    if (row.tokensEstimated()) {
      notes.add("output_tokens=estimated");
    }
    row.load()
        .filter(load -> !load.met())
        .ifPresent(load -> notes.add("load=not_met:" + load.waited()));
    if (row.finishedRounds() < row.plannedRounds()) {
      notes.add("rounds=" + row.finishedRounds() + "/" + row.plannedRounds());
    }
    for (Map.Entry<String, Long> outcome : row.outcomes().entrySet()) {
      if (!outcome.getKey().equals(OutcomeText.COMPLETE.outcome())) {
        notes.add("outcome_" + SafeText.forWord(outcome.getKey()) + "=" + outcome.getValue());
      }
    }
  }
}
