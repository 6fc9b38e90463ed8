package dev.latencylens.results.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is known of audit logs outside the runs they belong to: {@value #NAME} in the directory
 * above the run directory, for its owner alone. Its lines form a chain of the same format as {@link
 * AuditFile}; each names a run directory and says that its log was {@code begun}, {@code sealed}
 * (with {@code lines} and the {@code head}: the number and hash of its last line) or {@code erased}
 * with the run. Who may write both files can forge both: a copy of the last line kept elsewhere
 * guards against that. Safe for use by several threads and processes.
 */
public final class AuditHeads {
  /** The file's name in the directory above the run directory. */
  public static final String NAME = "audit-heads.jsonl";

  private static final String RUN = "run";
  private static final String LINES = "lines";
  private static final String HEAD = "head";

  private final ChainFile chain;
  private final String run;

  private AuditHeads(ChainFile chain, String run) {
    this.chain = chain;
    this.run = run;
  }

  /**
   * The heads beside a run directory; nothing is read or written yet.
   *
   * @param runDirectory the run directory, which may be gone
   * @return the heads
   * @throws IllegalArgumentException if it is the root of a file system
   */
  public static AuditHeads beside(Path runDirectory) {
    Path absolute = runDirectory.toAbsolutePath().normalize();
    Path name = absolute.getFileName();
    if (name == null) {
      throw new IllegalArgumentException(runDirectory + " has no directory above it");
    }
    return new AuditHeads(new ChainFile(absolute.resolveSibling(NAME)), name.toString());
  }

  void begun() throws IOException {
    append(What.BEGUN, JsonNodeFactory.instance.objectNode());
  }

  void sealed(long lines, String head) throws IOException {
    append(What.SEALED, JsonNodeFactory.instance.objectNode().put(LINES, lines).put(HEAD, head));
  }

  /**
   * Notes that the run was erased whole, its audit log with it, so that nobody looks for it. Call
   * it after the directory is gone.
   *
   * @throws IOException if the file of heads can't be written
   */
  public void erased() throws IOException {
    append(What.ERASED, JsonNodeFactory.instance.objectNode());
  }

  private void append(What what, ObjectNode more) throws IOException {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put(AuditEntry.TIMESTAMP, AuditEntry.inMillis(Instant.now()));
    line.put(AuditEntry.EVENT, what.wireName());
    line.put(RUN, run);
    line.setAll(more);
    chain.append(List.of(line));
  }

  /** Reads what is known of the run; empty where there is no such file. */
  Known read() throws IOException {
    if (!Files.exists(chain.file())) {
      return new Known(List.of(), List.of(), false);
    }
    List<Head> heads = new ArrayList<>();
    boolean[] replaced = {false};
    ChainCheck check =
        ChainCheck.of(
            chain.file(),
            line -> {
              if (!line.text(RUN).equals(run)) {
                return;
              }
              String event = line.text(AuditEntry.EVENT);
              if (event.equals(What.BEGUN.wireName())) {
                replaced[0] |= !heads.isEmpty();
                heads.clear();
              } else if (event.equals(What.ERASED.wireName())) {
                replaced[0] = false;
                heads.clear();
              }
              if (!event.equals(What.ERASED.wireName())) {
                heads.add(
                    new Head(
                        event,
                        line.text(AuditEntry.TIMESTAMP),
                        line.fields().path(LINES).asLong(),
                        line.text(HEAD)));
              }
            });
    return new Known(heads, check.findings(), replaced[0]);
  }

  private enum What {
    BEGUN,
    SEALED,
    ERASED;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What the heads say of one run.
   *
   * @param ofRun its lines since it was begun, in order
   * @param findings what is wrong with the file of heads itself
   * @param replaced whether an earlier run of that directory's name was begun and never erased
   */
  record Known(List<Head> ofRun, List<AuditFinding> findings, boolean replaced) {
    Known {
      ofRun = List.copyOf(ofRun);
      findings = List.copyOf(findings);
    }
  }

  /** One line of the heads; lines and hash only of one that seals. */
  record Head(String event, String timestamp, long lines, String hash) {
    boolean isSeal() {
      return event.equals(What.SEALED.wireName());
    }
  }
}
