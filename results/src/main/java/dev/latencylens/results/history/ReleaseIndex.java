package dev.latencylens.results.history;

import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.Statistic;
import dev.latencylens.results.table.Decimal;
import dev.latencylens.results.table.Lateness;
import dev.latencylens.results.table.MarkdownTable;
import dev.latencylens.results.table.Marks;
import dev.latencylens.results.table.Metric;
import dev.latencylens.results.table.SafeText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of all releases in the {@code README.md} beside them: one row a release and cell, the
 * newest release first, between two comments. What stands outside of these is left as it is.
 */
public final class ReleaseIndex {
  /** The file's name in the directory of releases. */
  public static final String FILE = "README.md";

  /** The line before the table. */
  public static final String BEGIN = "<!-- releases: scripts/publish writes this table -->";

  /** The line after the table. */
  public static final String END = "<!-- end of releases -->";

  private static final double P95 = 0.95;
  private static final int TEXT_COLUMNS = 6;
  private static final List<String> HEADING =
      List.of(
          "release",
          "date",
          "machine",
          "suite",
          "cell",
          "remarks",
          "ttft p50",
          "ttft p95",
          "output_tps p50",
          "error p50",
          "error p99");
  private static final String BEFORE =
      """
      # Published results

      `scripts/publish RUN --as RELEASE` adds a release; `scripts/history` shows a metric over all of them. Each
      directory holds a run's tables and histograms, free of texts and users; `sha256sum -c SHA256SUMS` checks one.

      """;
  private static final String AFTER =
      """

      Times in ms, output_tps in tokens/s; error is the instrument's own, measured in the run. †: the client
      read late. Each release is a session of its own: rows of different sessions differ by what drifted between
      them as well, and no verdict is given here.
      """;

  private ReleaseIndex() {}

  /**
   * The file with a table of these releases.
   *
   * @param text the file as it is; empty for a new one
   * @param releases all releases
   * @return the whole new file
   * @throws RunFormatException if the text lacks the two comments, or a histogram is damaged
   * @throws IOException if a histogram can't be read
   */
  public static String renewed(String text, List<Release> releases) throws IOException {
    String around = text.isEmpty() ? BEFORE + BEGIN + "\n" + END + "\n" + AFTER : text;
    int begin = around.indexOf(BEGIN);
    int end = around.indexOf(END, Math.max(0, begin));
    if (begin < 0 || end < 0) {
      throw new RunFormatException(
          FILE
              + " of the releases lacks the line "
              + (begin < 0 ? BEGIN : END)
              + " that tells where the table "
              + (begin < 0 ? "begins" : "ends")
              + "; put it back, or remove the file to have it written anew");
    }
    return around.substring(0, begin + BEGIN.length())
        + "\n\n"
        + table(releases)
        + "\n"
        + around.substring(end);
  }

  private static String table(List<Release> releases) throws IOException {
    List<List<String>> cells = new ArrayList<>();
    cells.add(HEADING.stream().map(SafeText::forMarkdown).toList());
    for (Release release : releases.stream().sorted(Releases.BY_TIME.reversed()).toList()) {
      for (ReleaseRow row : release.rows()) {
        cells.add(cells(release, row));
      }
    }
    return MarkdownTable.render(cells, TEXT_COLUMNS);
  }

  private static List<String> cells(Release release, ReleaseRow row) throws IOException {
    List<String> cells = new ArrayList<>();
    cells.add(release.name());
    cells.add(release.date().toString());
    cells.add(row.cell().machine());
    cells.add(release.manifest().suiteVersion());
    cells.add(CellName.withoutMachine(row.cell()));
    cells.add(String.join("; ", release.remarks()));
    cells.add(percentile(row, Metric.TTFT));
    cells.add(p95(CellHistograms.read(release, row)));
    cells.add(percentile(row, Metric.OUTPUT_TPS));
    for (Percentile percentile : List.of(Percentile.P50, Percentile.P99)) {
      String statistic = "instrument_error_" + percentile.label();
      cells.add(StatisticText.of(row.number(statistic + "_ms"), row.note(statistic)));
    }
    return cells.stream().map(SafeText::forMarkdown).toList();
  }

  private static String percentile(ReleaseRow row, Metric metric) {
    return StatisticText.of(
        row.number(metric.column(Percentile.P50)), row.note(metric.statistic(Percentile.P50)));
  }

  private static String p95(CellHistograms histograms) {
    Statistic statistic = histograms.firstTokenQuantile(P95);
    if (statistic instanceof Statistic.Value value) {
      String number = Decimal.threeDigits(Metric.TTFT.inTableUnit(value.value()));
      return Lateness.of(Metric.TTFT, value.value(), histograms.instrumentErrorNanos(P95))
          ? number + " " + Marks.LATE
          : number;
    }
    return statistic instanceof Statistic.TooFew few
        ? Marks.tooFew(Long.toString(few.n()))
        : Marks.NONE;
  }
}
