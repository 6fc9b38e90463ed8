package dev.latencylens.results.page;

import dev.latencylens.results.run.HistogramLog;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.run.SignedHistogram;
import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.Quantiles;
import dev.latencylens.results.stats.Statistic;
import dev.latencylens.results.table.Column;
import dev.latencylens.results.table.Decimal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** How late the instrument was in each round, and how the client fared meanwhile. */
final class RoundHealth implements Section {
  private static final int MOST_FIGURES = 40;
  private static final int MOST_DRAWN = 500;
  private static final int DECIMALS = 3;

  /** The client's figures that are times in which it may have been late. */
  private static final List<String> DRAWN =
      List.of("hiccup_p99_ms", "hiccup_max_ms", "safepoint_max_ms", "gc_ms");

  /** A round, and its error. */
  private record Reading(Round round, SignedHistogram error) {
    Statistic at(Percentile percentile) {
      return Quantiles.of(error, percentile.quantile(), "not measured");
    }

    Statistic max() {
      return error.totalCount() == 0
          ? new Statistic.Absent("not measured")
          : new Statistic.Value((double) error.max());
    }
  }

  @Override
  public Optional<SectionContent> content(PageSource source) throws IOException {
    List<Reading> readings = new ArrayList<>();
    for (Round round : source.summary().usedRounds()) {
      readings.add(new Reading(round, error(source, round)));
    }
    if (readings.isEmpty()) {
      return Optional.empty();
    }
    List<String> lead = new ArrayList<>();
    lead.add(
        "The instrument's error is the client's stamp less the true time of sending, measured in"
            + " the same round. Hiccups, safepoints and collections are times in which the client"
            + " could stamp nothing. The axis is logarithmic; what is below 1 µs is drawn at 1 µs.");
    if (readings.size() > MOST_DRAWN) {
      lead.add("Drawn are the first " + MOST_DRAWN + " of " + readings.size() + " rounds.");
    }
    return Optional.of(
        new SectionContent(
            "instrument",
            "Instrument error and client health by round",
            lead,
            Optional.of(plot(readings.subList(0, Math.min(MOST_DRAWN, readings.size())))),
            List.of(table(readings))));
  }

  /** What can't be read is told by the summary's warnings already. */
  private static SignedHistogram error(PageSource source, Round round) throws IOException {
    try {
      return source
          .run()
          .readHistograms(round)
          .map(HistogramLog::instrumentError)
          .orElseGet(SignedHistogram::new);
    } catch (RunFormatException e) {
      return new SignedHistogram();
    }
  }

  private static Plot plot(List<Reading> readings) {
    List<Plot.Figures> series = new ArrayList<>();
    for (Percentile percentile : List.of(Percentile.P50, Percentile.P99)) {
      series.add(
          new Plot.Figures(
              "instrument error " + percentile.label(),
              readings.stream().map(reading -> millis(reading.at(percentile))).toList()));
    }
    series.add(
        new Plot.Figures(
            "instrument error max",
            readings.stream().map(reading -> millis(reading.max())).toList()));
    for (String name : DRAWN) {
      List<Optional<Double>> values =
          readings.stream()
              .map(reading -> Optional.ofNullable(reading.round().health().get(name)))
              // A damaged file may hold what is no number.
              .map(value -> value.filter(Double::isFinite).map(PageSource::rounded))
              .toList();
      if (values.stream().anyMatch(Optional::isPresent)) {
        series.add(new Plot.Figures(name, values));
      }
    }
    return new Plot.Rounds(
        readings.stream().map(reading -> reading.round().round()).toList(),
        readings.stream().map(reading -> reading.round().cell()).toList(),
        series);
  }

  private static Optional<Double> millis(Statistic statistic) {
    return statistic instanceof Statistic.Value value
        ? Optional.of(PageSource.millis(value.value()))
        : Optional.empty();
  }

  private static TableContent table(List<Reading> readings) {
    TreeSet<String> names = new TreeSet<>();
    readings.forEach(reading -> names.addAll(reading.round().health().keySet()));
    List<String> health = names.stream().limit(MOST_FIGURES).toList();
    List<String> headings =
        new ArrayList<>(List.of("round", "block", "cell", "measured by", "events"));
    headings.addAll(
        List.of("instrument error p50 ms", "instrument error p99 ms", "instrument error max ms"));
    headings.addAll(health);
    List<List<String>> rows = new ArrayList<>();
    for (Reading reading : readings) {
      Round round = reading.round();
      List<String> line = new ArrayList<>();
      line.add(Integer.toString(round.round()));
      line.add(Integer.toString(round.block()));
      line.add(round.cell());
      line.add(round.instrument().source().name().toLowerCase(Locale.ROOT));
      line.add(Long.toString(round.instrument().events()));
      for (Statistic statistic :
          List.of(reading.at(Percentile.P50), reading.at(Percentile.P99), reading.max())) {
        line.add(Column.words(statistic, PageSource::millisText));
      }
      for (String name : health) {
        Double value = round.health().get(name);
        line.add(value == null ? "" : text(value));
      }
      rows.add(line);
    }
    return TableContent.folded("Rounds", 3, headings, rows);
  }

  private static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    return value == Math.rint(value) ? Decimal.fixed(value, 0) : Decimal.fixed(value, DECIMALS);
  }
}
