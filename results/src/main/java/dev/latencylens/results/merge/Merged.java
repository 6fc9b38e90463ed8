package dev.latencylens.results.merge;

import dev.latencylens.results.report.RunReport;
import java.util.List;

/**
 * What a merge wrote.
 *
 * @param cells how many cells the merged run has
 * @param streams how many streams
 * @param rounds how many rounds that are over
 * @param report its tables, as they were written before the directory had its name
 * @param leftOut what is not in it, one sentence each
 */
record Merged(int cells, long streams, int rounds, RunReport report, List<String> leftOut) {
  Merged {
    leftOut = List.copyOf(leftOut);
  }
}
