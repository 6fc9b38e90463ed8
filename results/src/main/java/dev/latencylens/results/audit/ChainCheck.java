package dev.latencylens.results.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a chain from its first line to its last and finds where it does not hold. For one thread.
 */
final class ChainCheck {
  /** A file of nothing but damage must not fill the memory. */
  private static final int MOST_FINDINGS = 100;

  private final String name;
  private final Consumer<ChainedLine> each;
  private final List<AuditFinding> findings = new ArrayList<>();
  private final List<AuditFinding> notes = new ArrayList<>();
  private long lineNumber;
  private long expectedSeq = 1;
  private String expectedPrevious = ChainedLine.NONE;

  /** A line that is none: the next one may account for it. */
  private Optional<LineReader.Line> damaged = Optional.empty();

  private ChainCheck(String name, Consumer<ChainedLine> each) {
    this.name = name;
    this.each = each;
  }

  /**
   * Checks a file.
   *
   * @param each gets each line that is one, whether or not it holds
   * @throws IOException if the file can't be read
   */
  static ChainCheck of(Path file, Consumer<ChainedLine> each) throws IOException {
    ChainCheck check = new ChainCheck(String.valueOf(file.getFileName()), each);
    try (LineReader reader = LineReader.open(file)) {
      Optional<LineReader.Line> line = reader.next();
      while (line.isPresent()) {
        check.lineNumber++;
        check.add(line.get());
        line = reader.next();
      }
    }
    check.lineNumber++;
    check.endDamage(false);
    check.lineNumber--;
    return check;
  }

  /** What is wrong, in the order of the lines. */
  List<AuditFinding> findings() {
    return findings;
  }

  /** What is odd and accounted for. */
  List<AuditFinding> notes() {
    return notes;
  }

  /** How many lines the file has. */
  long lines() {
    return lineNumber;
  }

  private void add(LineReader.Line line) {
    if (!line.ended()) {
      endDamage(false);
      find(lineNumber, "is cut off: its end is missing");
      return;
    }
    Optional<ChainedLine> read = ChainedLine.read(line.bytes());
    if (read.isEmpty()) {
      endDamage(false);
      damaged = Optional.of(line);
      return;
    }
    ChainedLine chained = read.get();
    boolean wasDamaged = damaged.isPresent();
    boolean mended =
        chained.holds() && damaged.filter(torn -> chained.accountsFor(torn.bytes())).isPresent();
    endDamage(mended);
    if (chained.followsTorn() && !mended) {
      find(lineNumber, "follows on a line that was cut off, and that one was changed or removed");
    }
    judge(chained, wasDamaged && !mended);
    each.accept(chained);
  }

  private void judge(ChainedLine line, boolean afterDamage) {
    if (!line.holds()) {
      find(lineNumber, "was changed: its hash is not that of its content");
    }
    // The damaged line before may have been the one that is missing here.
    boolean replaced = afterDamage && line.seq() == expectedSeq + 1;
    if (line.seq() > expectedSeq && !replaced) {
      long missing = line.seq() - expectedSeq;
      find(
          lineNumber,
          "is number "
              + line.seq()
              + " of the chain: "
              + (missing == 1 ? "1 line is" : missing + " lines are")
              + " missing before it");
    } else if (line.seq() < expectedSeq) {
      find(
          lineNumber,
          "is number " + line.seq() + " of the chain: it was moved, repeated or inserted");
    } else if (!replaced && !line.previous().equals(expectedPrevious)) {
      find(lineNumber, "does not follow on the line before: one of the two was replaced");
    }
    expectedSeq = line.seq() + 1;
    expectedPrevious = line.hash();
  }

  private void endDamage(boolean mended) {
    if (damaged.isPresent()) {
      damaged = Optional.empty();
      if (mended) {
        notes.add(
            new AuditFinding(
                name,
                lineNumber - 1,
                "was cut off when its writer was killed; the next line accounts for it"));
      } else {
        find(lineNumber - 1, "was changed: it is no line of a chain");
      }
    }
  }

  private void find(long line, String what) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(new AuditFinding(name, line, what));
    }
  }
}
