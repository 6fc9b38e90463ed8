package dev.latencylens.results.table;

import dev.latencylens.results.run.LoadReading;
import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.Statistic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * What became of each rate of a sweep: {@code sweep.csv}, ready to be plotted, a row for each rate
 * of each target; and the same for people. Not thread-safe.
 */
public final class SweepTable {
  private static final int DECIMALS = 3;

  private static final List<String> HEADINGS =
      List.of(
          "target",
          "rate_per_second",
          "offered_per_second",
          "achieved_per_second",
          "streams",
          "errors",
          "goodput_share",
          "goodput_per_second",
          "response_ttft_p50_ms",
          "response_ttft_p90_ms",
          "response_ttft_p99_ms",
          "tpot_p50_ms",
          "throughput_tps",
          "met",
          "run");

  /**
   * A rate that was tried.
   *
   * @param row its run's only row
   * @param rate what was asked for, in starts per second
   * @param met whether the load was made, nothing was left out, and enough streams were good
   * @param run its run directory
   */
  public record Probe(SummaryRow row, double rate, boolean met, Path run) {}

  private final List<Probe> probes = new ArrayList<>();

  /** An empty table. */
  public SweepTable() {}

  /**
   * Adds a rate that was tried.
   *
   * @param row its run's only row
   * @param rate what was asked for, in starts per second
   * @param share of started streams that has to be good
   * @param run its run directory
   * @return whether the rate was met: the load was made, nothing was left out, and enough streams
   *     were good
   */
  public boolean add(SummaryRow row, double rate, double share, Path run) {
    boolean met =
        row.load().filter(LoadReading::met).isPresent()
            && row.account().refused() == 0
            && row.account().notStarted() == 0
            && row.goodputShare().orElse(0) >= share;
    probes.add(new Probe(row, rate, met, run));
    return met;
  }

  /**
   * How many rates were tried.
   *
   * @return from 0
   */
  public int size() {
    return probes.size();
  }

  /**
   * Writes {@code sweep.csv}, by target and rate.
   *
   * @param file where to; its directory is there
   * @return the file
   * @throws IOException if it can't be written
   */
  public Path write(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
      csv.printRecord(HEADINGS);
      for (List<String> row : rows()) {
        csv.printRecord(row.stream().map(SafeText::forCsv).toList());
      }
    }
    Files.writeString(file, text, StandardCharsets.UTF_8);
    return file;
  }

  /**
   * The columns of {@code sweep.csv}.
   *
   * @return their names
   */
  public List<String> headings() {
    return HEADINGS;
  }

  /**
   * The lines of {@code sweep.csv}.
   *
   * @return raw texts, as many in each as there are headings
   */
  public List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (Probe probe : probes()) {
      SummaryRow row = probe.row();
      rows.add(
          List.of(
              row.cell().target(),
              Decimal.fixed(probe.rate(), DECIMALS),
              row.load().map(load -> Decimal.fixed(load.offeredPerSecond(), DECIMALS)).orElse(""),
              row.load().map(load -> Decimal.fixed(load.achievedPerSecond(), DECIMALS)).orElse(""),
              Long.toString(row.streams()),
              Long.toString(row.errors()),
              fixed(row.goodputShare()),
              fixed(row.goodputPerSecond()),
              number(row, Metric.RESPONSE_TTFT, Percentile.P50),
              number(row, Metric.RESPONSE_TTFT, Percentile.P90),
              number(row, Metric.RESPONSE_TTFT, Percentile.P99),
              number(row, Metric.TPOT, Percentile.P50),
              fixed(row.throughput()),
              probe.met() ? "1" : "0",
              String.valueOf(probe.run().getFileName())));
    }
    return rows;
  }

  private static String fixed(OptionalDouble value) {
    return value.isPresent() ? Decimal.fixed(value.getAsDouble(), DECIMALS) : "";
  }

  private static String number(SummaryRow row, Metric metric, Percentile percentile) {
    return row.statistic(metric, percentile) instanceof Statistic.Value value
        ? Decimal.fixed(metric.inTableUnit(value.value()), DECIMALS)
        : "";
  }

  /**
   * The rates that were tried.
   *
   * @return by target and rate
   */
  public List<Probe> probes() {
    return probes.stream()
        .sorted(
            Comparator.<Probe, String>comparing(probe -> probe.row().cell().target())
                .thenComparingDouble(Probe::rate))
        .toList();
  }

  /**
   * The table for a terminal.
   *
   * @return lines, the same in every locale
   */
  public String text() {
    List<List<String>> cells = new ArrayList<>();
    cells.add(
        List.of(
            "target",
            "rate/s",
            "streams",
            "errors",
            "goodput",
            "goodput/s",
            "response_ttft p50",
            "p90",
            "met"));
    for (Probe probe : probes()) {
      SummaryRow row = probe.row();
      cells.add(
          List.of(
              SafeText.forTerminal(row.cell().target()),
              Decimal.threeDigits(probe.rate()),
              Long.toString(row.streams()),
              Long.toString(row.errors()),
              row.goodputShare().isPresent()
                  ? Decimal.fixed(100 * row.goodputShare().getAsDouble(), 1) + "%"
                  : Column.NONE,
              row.goodputPerSecond().isPresent()
                  ? Decimal.threeDigits(row.goodputPerSecond().getAsDouble())
                  : Column.NONE,
              Column.of(Metric.RESPONSE_TTFT).get(0).text().apply(row),
              Column.of(Metric.RESPONSE_TTFT).get(1).text().apply(row),
              probe.met() ? "yes" : "no"));
    }
    return TextTable.render(cells);
  }
}
