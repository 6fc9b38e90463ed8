package dev.latencylens.results.inspect;

import dev.latencylens.results.run.StreamLine;
import java.util.Optional;

/**
 * Which streams are looked at.
 *
 * @param ranking by what they are ranked
 * @param most how many are shown, from 1 to {@link #MOST}
 * @param cell those of this cell alone
 * @param outcome those that ended like this alone
 * @param stream the one of this id alone
 */
record Selection(
    Ranking ranking,
    int most,
    Optional<String> cell,
    Optional<String> outcome,
    Optional<String> stream) {

  /** The most streams that are kept while a log is read. */
  static final int MOST = 1000;

  boolean includes(StreamLine line) {
    return cell.map(line.cell()::equals).orElse(true)
        && outcome.map(line.outcome()::equals).orElse(true)
        && stream.map(line.stream()::equals).orElse(true);
  }

  /** Whether only streams with a reading are ranked: one that is named is shown as it is. */
  boolean needsReading() {
    return stream.isEmpty();
  }
}
