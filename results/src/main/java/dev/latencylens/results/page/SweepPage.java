package dev.latencylens.results.page;

import dev.latencylens.results.run.Objectives;
import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.Statistic;
import dev.latencylens.results.table.Metric;
import dev.latencylens.results.table.RunFacts;
import dev.latencylens.results.table.Summary;
import dev.latencylens.results.table.SweepTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code sweep.html}: how the time to the first token grows with the rate of arrivals, beside what
 * was asked for. The page holds all that it needs, as {@link ReportPage} does.
 */
public final class SweepPage {
  private static final List<Percentile> DRAWN =
      List.of(Percentile.P50, Percentile.P90, Percentile.P99);

  private SweepPage() {}

  /**
   * Renders a sweep.
   *
   * @param table the rates that were tried
   * @param last the summary of one of its runs: where and with what it was measured
   * @return the whole file, the same for the same sweep
   * @throws IOException if a part of the page is missing: the build is broken
   */
  public static String render(SweepTable table, Summary last) throws IOException {
    Optional<Objectives> objectives = last.manifest().objectives();
    List<String> lead =
        List.of(
            "response_ttft counts from the moment at which a request was to start, so that waiting"
                + " before it counts too. A filled mark met the objectives ("
                + objectives.map(SweepPage::inWords).orElse("none stated")
                + "), a hollow one did not; the dashed line is the objective for the time to the"
                + " first token.");
    List<Plot.SweepCurve> curves = curves(table);
    SectionContent section =
        new SectionContent(
            "sweep",
            "Time to first token by rate of arrivals",
            lead,
            curves.isEmpty()
                ? Optional.empty()
                : Optional.of(new Plot.Sweep(objectives.flatMap(SweepPage::ttft), curves)),
            List.of(
                new TableContent(
                    "Rates that were tried", true, 1, table.headings(), table.rows(), List.of())));
    PageContent content =
        new PageContent(
            last.manifest().name() + ": sweep",
            last.manifest().simulated() ? Optional.of(RunFacts.SIMULATED) : Optional.empty(),
            List.of(
                RunFacts.date(last) + ", " + RunFacts.suite(last),
                "Machine: " + RunFacts.machine(last),
                "JVM: " + RunFacts.jvm(last)),
            List.of("Each rate is a run of its own, whose directory stands in the last column."),
            List.of(section));
    return PageHtml.of(PageParts.read(), content);
  }

  private static Optional<Double> ttft(Objectives objectives) {
    return objectives.ttftNanos().isPresent()
        ? Optional.of(PageSource.millis((double) objectives.ttftNanos().getAsLong()))
        : Optional.empty();
  }

  private static String inWords(Objectives objectives) {
    StringBuilder words = new StringBuilder();
    objectives
        .ttftNanos()
        .ifPresent(
            nanos -> words.append("ttft ").append(PageSource.millisText(nanos)).append(" ms, "));
    objectives
        .tpotNanos()
        .ifPresent(
            nanos -> words.append("tpot ").append(PageSource.millisText(nanos)).append(" ms, "));
    return words.append("share ").append(PageSource.rounded(objectives.share())).toString();
  }

  private static List<Plot.SweepCurve> curves(SweepTable table) {
    Map<String, List<List<Double>>> curves = new LinkedHashMap<>();
    for (SweepTable.Probe probe : table.probes()) {
      for (Percentile percentile : DRAWN) {
        if (probe.row().statistic(Metric.RESPONSE_TTFT, percentile)
            instanceof Statistic.Value value) {
          curves
              .computeIfAbsent(
                  probe.row().cell().target() + " " + percentile.label(),
                  unused -> new ArrayList<>())
              .add(
                  List.of(
                      PageSource.rounded(probe.rate()),
                      PageSource.millis(value.value()),
                      probe.met() ? 1.0 : 0.0));
        }
      }
    }
    return curves.entrySet().stream()
        .limit(PageSource.MOST_DRAWN)
        .map(curve -> new Plot.SweepCurve(curve.getKey(), curve.getValue()))
        .toList();
  }
}
