package dev.latencylens.results.table;

import dev.latencylens.results.run.Round;
import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.SampleSize;
import dev.latencylens.results.stats.Statistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must be said under the tables, in plain sentences: what is missing, what the marks mean, and
 * what became of the streams that failed. Raw text: the renderer makes it safe.
 */
public final class Footnotes {
  private static final int BLOCKS_FOR_A_VERDICT = 6;

  private final Summary summary;
  private final RowNames names;
  private final List<String> notes = new ArrayList<>();

  private Footnotes(Summary summary) {
    this.summary = summary;
    this.names = RowNames.of(summary.rows());
  }

  /**
   * What must be said of a summary.
   *
   * @param summary the summary
   * @return sentences in the order of their weight; raw text, not yet safe to print
   */
  public static List<String> of(Summary summary) {
    Footnotes footnotes = new Footnotes(summary);
    footnotes.addCompleteness();
    footnotes.addMarks();
    footnotes.addAbsent();
    footnotes.addLengths();
    footnotes.notes.addAll(summary.leaders().notes());
    footnotes.addLoads();
    footnotes.addCosts();
    footnotes.addOutcomes();
    footnotes.addClient();
    footnotes.notes.addAll(summary.manifest().notes());
    return List.copyOf(footnotes.notes);
  }

  private void addCompleteness() {
    int planned = summary.manifest().rounds().size();
    int finished = summary.finishedRounds();
    if (finished < planned) {
      notes.add(
          "Incomplete run: "
              + finished
              + " of "
              + planned
              + " planned rounds finished; the tables hold only those.");
    }
    for (Round round : summary.failedRounds()) {
      notes.add(
          "Round "
              + round.round()
              + " ("
              + round.cell()
              + (round.status() == Round.Status.SKIPPED
                  ? ") was not run: "
                  : ") failed and is left out: ")
              + round.message().orElse("no reason was recorded")
              + ".");
    }
    int blocks = summary.manifest().blocks();
    if (blocks < BLOCKS_FOR_A_VERDICT) {
      notes.add(
          blocks
              + (blocks == 1 ? " block" : " blocks")
              + ": too few blocks for a verdict (it takes at least "
              + BLOCKS_FOR_A_VERDICT
              + "); a difference between rows may be chance.");
    }
  }

  private void addMarks() {
    if (any(Statistic.TooFew.class::isInstance)) {
      String needs =
          Arrays.stream(Percentile.values())
              .map(p -> p.label() + " " + SampleSize.needed(p.quantile()))
              .collect(Collectors.joining(", "));
      notes.add(
          "n/a (n=…): too few samples for two beyond the percentile with 99% confidence; it takes "
              + needs
              + ".");
    }
    if (any(Statistic.Censored.class::isInstance)) {
      notes.add("≥: a deadline cut these streams off; the true value is at least this.");
    }
    if (summary.rows().stream().anyMatch(Footnotes::isLateAnywhere)) {
      notes.add(
          Column.LATE
              + ": the client read late; the instrument's error at the same percentile exceeds 5% of"
              + " the value and 0.1 ms.");
    }
    if (rowsWhere(SummaryRow::tokensEstimated).findAny().isPresent()) {
      notes.add(
          "Token counts are estimated, as the provider reported none: "
              + join(rowsWhere(SummaryRow::tokensEstimated))
              + ".");
    }
  }

  private void addAbsent() {
    Predicate<SummaryRow> hopeless = row -> row.streams() == row.errors();
    if (rowsWhere(hopeless).findAny().isPresent()) {
      notes.add(Column.NONE + ": no stream was complete: " + join(rowsWhere(hopeless)) + ".");
    }
    boolean ofLoad = LoadColumns.haveQueues(summary);
    for (Metric metric : Metric.values()) {
      if (metric.isOfLoad() && !ofLoad) {
        continue;
      }
      boolean absent =
          rowsWhere(hopeless.negate())
              .anyMatch(row -> row.statistic(metric, Percentile.P50) instanceof Statistic.Absent);
      if (absent) {
        notes.add(Column.NONE + " in " + metric.label() + ": " + metric.whyAbsent() + ".");
      }
    }
    Predicate<SummaryRow> unmeasured =
        hopeless
            .negate()
            .and(row -> row.instrumentError(Percentile.P50) instanceof Statistic.Absent);
    if (rowsWhere(unmeasured).findAny().isPresent()) {
      notes.add(
          "The instrument's error was not measured, so late readings can't be marked: "
              + join(rowsWhere(unmeasured))
              + ".");
    }
  }

  private void addLengths() {
    Predicate<SummaryRow> differs = row -> AnswerLengths.differ(row, summary.rows());
    if (rowsWhere(differs).findAny().isPresent()) {
      notes.add(
          "Output tokens at p50 differ by over 10%, so e2e can't be compared between these rows: "
              + join(rowsWhere(differs))
              + ".");
    }
  }

  private void addLoads() {
    for (SummaryRow row : summary.rows()) {
      row.load()
          .filter(load -> !load.met())
          .ifPresent(
              load ->
                  notes.add(
                      LoadColumns.NOT_MET
                          + " "
                          + names.name(row)
                          + ": the load was not met: "
                          + load.waited()
                          + " of "
                          + load.offered()
                          + " starts waited for a place, "
                          + load.longestQueue()
                          + " at a time at most, and "
                          + (load.offered() - load.started())
                          + " were not made. Raise max_in_flight, or lower the rate."));
    }
  }

  private void addCosts() {
    if (Column.cost(summary).isEmpty()) {
      return;
    }
    Predicate<SummaryRow> without = row -> row.cost().totalUsd().isEmpty();
    if (rowsWhere(without).findAny().isPresent()) {
      notes.add(
          Column.NO_COST
              + " as a cost: no price is known for the model, or no stream that was complete has"
              + " token counts: "
              + join(rowsWhere(without))
              + ".");
    }
    rowsWhere(without.negate())
        .filter(row -> row.cost().streamsWithout() > 0)
        .forEach(
            row ->
                notes.add(
                    names.name(row)
                        + ": the cost leaves out "
                        + row.cost().streamsWithout()
                        + " of "
                        + row.streams()
                        + " streams, which failed or have no token counts; they may have cost"
                        + " something too."));
  }

  private void addOutcomes() {
    for (SummaryRow row : summary.rows()) {
      for (Map.Entry<String, Long> outcome : row.outcomes().entrySet()) {
        if (!outcome.getKey().equals(OutcomeText.COMPLETE.outcome())) {
          notes.add(
              names.name(row)
                  + ": "
                  + outcome.getValue()
                  + (outcome.getValue() == 1 ? " stream " : " streams ")
                  + outcome.getKey()
                  + OutcomeText.of(outcome.getKey()).map(text -> ": " + text.sentence()).orElse("")
                  + ".");
        }
      }
    }
  }

  private void addClient() {
    List<Integer> notWarm = summary.client().notWarm();
    if (!notWarm.isEmpty()) {
      notes.add(
          "The instrument's error was still falling when its warm-up had lasted as long as it may: "
              + (notWarm.size() == 1 ? "round " : "rounds ")
              + notWarm.stream().map(String::valueOf).collect(Collectors.joining(", "))
              + ".");
    }
    summary.client().sentence().ifPresent(notes::add);
  }

  private boolean any(Predicate<Statistic> condition) {
    return summary.rows().stream().flatMap(Footnotes::statistics).anyMatch(condition);
  }

  private static Stream<Statistic> statistics(SummaryRow row) {
    return Arrays.stream(Percentile.values())
        .flatMap(
            percentile ->
                Stream.concat(
                    Stream.of(row.instrumentError(percentile)),
                    Arrays.stream(Metric.values()).map(m -> row.statistic(m, percentile))));
  }

  private static boolean isLateAnywhere(SummaryRow row) {
    return Arrays.stream(Metric.values())
        .anyMatch(m -> Arrays.stream(Percentile.values()).anyMatch(p -> row.late(m, p)));
  }

  private Stream<SummaryRow> rowsWhere(Predicate<SummaryRow> condition) {
    return summary.rows().stream().filter(condition);
  }

  private String join(Stream<SummaryRow> rows) {
    List<String> all = rows.map(names::name).toList();
    return all.size() == summary.rows().size() && all.size() > 1
        ? "all rows"
        : String.join("; ", all);
  }
}
