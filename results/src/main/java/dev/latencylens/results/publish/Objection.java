package dev.latencylens.results.publish;

import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.table.Metric;
import dev.latencylens.results.table.Summary;
import dev.latencylens.results.table.SummaryRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a run should not be published.
 *
 * @param brief a few words for the tables of a run that is published all the same
 * @param sentence what is wrong, for the person who publishes
 */
record Objection(String brief, String sentence) {
  /** All that speaks against a run. */
  static List<Objection> to(Summary summary) {
    List<Objection> objections = new ArrayList<>();
    addSource(summary.manifest(), objections);
    addCompleteness(summary, objections);
    for (SummaryRow row : summary.rows()) {
      String cell = row.cell().id() + " (" + row.cell().target() + " " + row.cell().model() + ")";
      if (row.streams() == row.errors()) {
        objections.add(
            new Objection(
                "failed cell " + row.cell().id(), "no stream of " + cell + " is complete"));
      }
      if (row.late(Metric.TTFT, Percentile.P50)) {
        objections.add(
            new Objection(
                "late ttft p50 of " + row.cell().id(),
                "the client read late: ttft p50 of " + cell + " is marked"));
      }
    }
    for (String warning : summary.warnings()) {
      objections.add(new Objection("data left out", "something can't be used: " + warning));
    }
    return objections;
  }

  private static void addSource(Manifest manifest, List<Objection> objections) {
    if (manifest.git().isEmpty()) {
      objections.add(
          new Objection("unknown source", "the manifest does not say which commit was built"));
    } else if (manifest.git().get().dirty()) {
      objections.add(
          new Objection("dirty tree", "it was built from a work tree with uncommitted changes"));
    }
  }

  private static void addCompleteness(Summary summary, List<Objection> objections) {
    Manifest manifest = summary.manifest();
    if (manifest.finished().isEmpty()) {
      objections.add(new Objection("unfinished run", "it never finished"));
    }
    for (Round round : summary.failedRounds()) {
      boolean skipped = round.status() == Round.Status.SKIPPED;
      objections.add(
          new Objection(
              (skipped ? "skipped round " : "failed round ") + round.round(),
              "round "
                  + round.round()
                  + " ("
                  + round.cell()
                  + (skipped ? ") was not run" : ") failed")));
    }
    int planned = manifest.rounds().size();
    int missing = planned - summary.finishedRounds() - summary.failedRounds().size();
    if (missing > 0) {
      objections.add(
          new Objection(
              missing + " of " + planned + " rounds missing",
              missing + " of " + planned + " planned rounds are missing"));
    }
  }
}
