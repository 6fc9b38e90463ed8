package dev.latencylens.results.audit;

import dev.latencylens.results.run.RunFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The audit log of a run: {@value #NAME} in its directory, for its owner alone, to which lines are
 * appended and nothing else. Each line is a JSON object with its number {@code seq}, the hash
 * {@code previous} of the line before (64 zeros in the first), the event's fields, and last its own
 * {@code hash}: SHA-256, in lower-case hex, of all bytes of the line before {@code ,"hash":}. By
 * hand, line 3 is checked with
 *
 * <pre>{@code
 * sed -n 3p audit.jsonl | sed 's/,"hash":"[0-9a-f]*"}$//' | tr -d '\n' | sha256sum
 * }</pre>
 *
 * <p>A line that a killed process left torn stays where it is; the line after it states its length
 * as {@code torn_bytes} and its SHA-256 as {@code torn_sha256}.
 *
 * <p>Several processes may append at once, each batch under a lock and with one write. Appending
 * waits for the disk and the lock: never call it on a thread that measures. Safe for use by several
 * threads.
 */
public final class AuditFile {
  /** The file's name in the run directory. */
  public static final String NAME = "audit.jsonl";

  /** The name of the empty file that is locked while lines are appended. */
  public static final String LOCK = "." + NAME + ".lock";

  private final ChainFile chain;
  private final AuditHeads heads;

  private AuditFile(ChainFile chain, AuditHeads heads) {
    this.chain = chain;
    this.heads = heads;
  }

  /**
   * The audit log of a run; nothing is read or written yet.
   *
   * @param runDirectory the run directory, which must be there before a line is appended
   * @return the log
   */
  public static AuditFile of(Path runDirectory) {
    return new AuditFile(
        new ChainFile(runDirectory.resolve(NAME)), AuditHeads.beside(runDirectory));
  }

  /**
   * Notes in the file of heads that a new run begins; once for each run, before its first line.
   *
   * @throws RunFormatException if the run has an audit log already
   * @throws IOException if the file of heads can't be written
   */
  public void begin() throws IOException {
    if (Files.exists(chain.file())) {
      throw new RunFormatException(
          chain.file() + " is there already; a new run needs a directory of its own");
    }
    heads.begun();
  }

  /**
   * Appends lines. When it returns they are the operating system's to keep: they outlive this
   * process.
   *
   * @param entries what to append, in this order
   * @throws RunFormatException if the file is no audit log, or was cut since this object appended
   * @throws IOException if the lines can't be written
   */
  public void append(List<AuditEntry> entries) throws IOException {
    if (!entries.isEmpty()) {
      chain.append(entries.stream().map(AuditEntry::toJson).toList());
    }
  }

  /**
   * Puts the lines on the disk, and the hash of the last one beside the run directory: from now on
   * a line missing at the end is noticed. For a run that is over.
   *
   * @throws RunFormatException if there is no line, or the last one is cut off
   * @throws IOException if a file can't be read or written
   */
  public void seal() throws IOException {
    ChainFile.Tail tail = chain.tail();
    if (tail.seq() == 0) {
      throw new RunFormatException(
          chain.file() + " is missing or empty: somebody removed its lines");
    }
    if (tail.torn().isPresent()) {
      throw new RunFormatException(chain.file() + " ends in a line that is cut off");
    }
    heads.sealed(tail.seq(), tail.hash());
  }

  /**
   * Appends a line to the log of a run that is over, such as one of an erasure, an export or a
   * publication, and seals it anew if it was sealed. The log is not verified: what was wrong with
   * it stays to be found.
   *
   * @param entry what happened
   * @throws RunFormatException if the run had an audit log, and it is gone
   * @throws IOException if a file can't be read or written
   */
  public void amend(AuditEntry entry) throws IOException {
    boolean sealed = heads.read().ofRun().stream().anyMatch(AuditHeads.Head::isSeal);
    if (sealed && chain.tail().seq() == 0) {
      throw new RunFormatException(
          chain.file()
              + " is gone or damaged, and "
              + AuditHeads.NAME
              + " tells that it was sealed");
    }
    append(List.of(entry));
    if (sealed) {
      seal();
    }
  }
}
