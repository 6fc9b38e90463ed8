package dev.latencylens.results.audit;

import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whether a run's audit log is as it was written: its chain holds from line to line, and its last
 * line is the one that the head outside the run directory names.
 *
 * @param lines how many lines the log has
 * @param sealed when the log was last sealed, as the head has it; empty for a run that is
 *     unfinished
 * @param findings what is wrong; empty if the log is intact
 * @param notes what a reader should know though nothing is wrong
 */
public record AuditVerification(
    long lines, Optional<String> sealed, List<AuditFinding> findings, List<AuditFinding> notes) {

  /** Copies the lists. */
  public AuditVerification {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /**
   * Whether nothing is wrong.
   *
   * @return true if there is no finding
   */
  public boolean intact() {
    return findings.isEmpty();
  }

  /**
   * Verifies the audit log of a run. Nothing is changed or locked: a run that is still going on may
   * show a last line that is only half written.
   *
   * @param runDirectory the run directory
   * @return what was found
   * @throws RunFormatException if there is neither such a directory nor a head that tells of one
   * @throws IOException if a file can't be read
   */
  public static AuditVerification of(Path runDirectory) throws IOException {
    AuditHeads.Known heads = AuditHeads.beside(runDirectory).read();
    if (!Files.isDirectory(runDirectory) && heads.ofRun().isEmpty()) {
      throw new RunFormatException(
          runDirectory
              + " is not a directory, and no head tells of such a run;"
              + " name the directory of a run, such as results/runs/<time>-<name>");
    }
    List<AuditHeads.Head> seals = heads.ofRun().stream().filter(AuditHeads.Head::isSeal).toList();
    List<AuditFinding> findings = new ArrayList<>();
    List<AuditFinding> notes = new ArrayList<>();
    long lines = 0;
    Path file = runDirectory.resolve(AuditFile.NAME);
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      lines = check(file, seals, findings, notes);
    } else {
      findings.add(ofLog("is missing" + (seals.isEmpty() ? "" : ": " + described(last(seals)))));
    }
    findings.addAll(heads.findings());
    if (seals.isEmpty()) {
      judgeUnsealed(runDirectory, findings, notes);
    }
    if (heads.replaced()) {
      notes.add(
          ofHeads("tells of an earlier run in a directory of this name, which was not erased"));
    }
    return new AuditVerification(
        lines,
        seals.isEmpty() ? Optional.empty() : Optional.of(last(seals).timestamp()),
        findings,
        notes);
  }

  private static long check(
      Path file, List<AuditHeads.Head> seals, List<AuditFinding> findings, List<AuditFinding> notes)
      throws IOException {
    TreeSet<Long> sealed = new TreeSet<>();
    seals.forEach(seal -> sealed.add(seal.lines()));
    Map<Long, String> hashes = new HashMap<>();
    long[] highest = {0};
    ChainCheck chain =
        ChainCheck.of(
            file,
            line -> {
              if (line.holds() && sealed.contains(line.seq())) {
                hashes.putIfAbsent(line.seq(), line.hash());
              }
              highest[0] = Math.max(highest[0], line.seq());
            });
    findings.addAll(chain.findings());
    notes.addAll(chain.notes());
    for (AuditHeads.Head seal : seals) {
      Optional<String> hash = Optional.ofNullable(hashes.get(seal.lines()));
      if (seal.lines() > highest[0]) {
        findings.add(
            new AuditFinding(
                AuditFile.NAME,
                chain.lines() + 1,
                "is missing: the file was cut off at its end; " + described(seal)));
      } else if (hash.isPresent() && !hash.get().equals(seal.hash())) {
        findings.add(
            new AuditFinding(
                AuditFile.NAME,
                seal.lines(),
                "is not the line that was sealed: the log was rewritten up to there at least"));
      }
    }
    if (!seals.isEmpty() && highest[0] > last(seals).lines()) {
      findings.add(
          new AuditFinding(
              AuditFile.NAME,
              last(seals).lines() + chain.notes().size() + 1,
              "and what follows was added after the log was sealed; " + described(last(seals))));
    }
    return chain.lines();
  }

  /** Without a head nobody can tell whether lines are missing at the end. */
  private static void judgeUnsealed(
      Path runDirectory, List<AuditFinding> findings, List<AuditFinding> notes) {
    boolean finished;
    try {
      finished = RunDirectory.open(runDirectory).manifest().finished().isPresent();
    } catch (IOException e) {
      findings.add(
          ofHeads("has no head of this run, and its manifest does not tell whether it is over"));
      return;
    }
    if (finished) {
      findings.add(
          ofHeads(
              "has no head of this run, though the run is over: the head was removed, or the run"
                  + " was moved, renamed or made without an audit log"));
    } else {
      notes.add(
          ofHeads(
              "has no head of this run, as it is unfinished: nobody can tell whether lines are"
                  + " missing at the end"));
    }
  }

  private static AuditHeads.Head last(List<AuditHeads.Head> seals) {
    return seals.get(seals.size() - 1);
  }

  private static String described(AuditHeads.Head seal) {
    return "it had "
        + seal.lines()
        + (seal.lines() == 1 ? " line" : " lines")
        + " when it was sealed at "
        + seal.timestamp();
  }

  private static AuditFinding ofLog(String what) {
    return new AuditFinding(AuditFile.NAME, 0, what);
  }

  private static AuditFinding ofHeads(String what) {
    return new AuditFinding(AuditHeads.NAME, 0, what);
  }
}
