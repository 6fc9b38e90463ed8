package dev.latencylens.results.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Takes the cells of a user out of a run. A journal in the run directory names the cells, not the
 * user; it is written first and removed last, and the manifest is changed after everything that it
 * leads to. So a run whose erasure broke off is readable, and {@link #pending} finds what is left
 * to do. Needs the {@link RunLock}; for one thread.
 */
public final class CellErasure {
  static final String JOURNAL = ".erasure.json";

  /** What is done, in this order; each step can be done again. */
  enum Step {
    STREAMS,
    JMH,
    FILES,
    SUBJECTS,
    MANIFEST
  }

  private final RunDirectory run;
  private final Journal journal;
  private final Optional<String> subject;
  private final Consumer<Step> after;

  private CellErasure(
      RunDirectory run, Journal journal, Optional<String> subject, Consumer<Step> after) {
    this.run = run;
    this.journal = journal;
    this.subject = subject;
    this.after = after;
  }

  /**
   * Whether a run names a user: as the subject of a cell, in its configuration, or among the
   * pseudonyms of its audit log.
   *
   * @param run the run
   * @param subject the user id
   * @return true if there is something to erase
   * @throws IOException if the run can't be read
   */
  public static boolean concerns(RunDirectory run, String subject) throws IOException {
    Manifest manifest = run.manifest();
    return !cells(manifest, subject).isEmpty()
        || Subjects.of(run.path()).knows(subject)
        || UserIds.isNamed(manifest.configuration(), subject);
  }

  /**
   * Begins to erase a user: what follows is no longer undone, only finished.
   *
   * @param run the run
   * @param subject the user id
   * @param date the day that the note in the manifest will give
   * @return the erasure, of which nothing but the journal is done
   * @throws IOException if the run can't be read, or the journal can't be written
   */
  public static CellErasure begin(RunDirectory run, String subject, LocalDate date)
      throws IOException {
    return begin(run, subject, date, step -> {});
  }

  static CellErasure begin(RunDirectory run, String subject, LocalDate date, Consumer<Step> after)
      throws IOException {
    Set<String> cells = cells(run.manifest(), subject);
    long streams = LinesByCell.count(run.path().resolve(RunDirectory.STREAMS), cells);
    Journal journal = new Journal(List.copyOf(cells), streams, date);
    PrivateFiles.replace(run.path().resolve(JOURNAL), RunJson.bytes(journal));
    return new CellErasure(run, journal, Optional.of(subject), after);
  }

  /**
   * An erasure that was begun and not finished.
   *
   * @param run the run
   * @return the erasure, to be carried out again; empty if there is none
   * @throws IOException if the journal can't be read
   */
  public static Optional<CellErasure> pending(RunDirectory run) throws IOException {
    Path file = run.path().resolve(JOURNAL);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Journal journal = RunJson.value(file, RunJson.tree(file), Journal.class);
    Optional<String> subject =
        run.manifest().cells().stream()
            .filter(cell -> journal.cells().contains(cell.id()))
            .flatMap(cell -> cell.subject().stream())
            .findFirst();
    return Optional.of(new CellErasure(run, journal, subject, step -> {}));
  }

  /**
   * How many streams the erasure takes away, counted when it was begun.
   *
   * @return 0 or more
   */
  public long streams() {
    return journal.streams();
  }

  /**
   * Erases all but the tables, which the caller renders anew, and the lines of the audit log, which
   * lose the link between pseudonym and user.
   *
   * @throws IOException if a file can't be read or written; call again then
   */
  public void carryOut() throws IOException {
    Set<String> erased = new TreeSet<>(journal.cells());
    Manifest manifest = run.manifest();
    LinesByCell.remove(run.path().resolve(RunDirectory.STREAMS), erased);
    after.accept(Step.STREAMS);
    JmhErasure.remove(run, erased);
    after.accept(Step.JMH);
    CellFiles.remove(run.path(), manifest, erased);
    after.accept(Step.FILES);
    if (subject.isPresent()) {
      Subjects.of(run.path()).forget(subject.get());
    }
    after.accept(Step.SUBJECTS);
    reduceManifest(manifest, erased);
    after.accept(Step.MANIFEST);
  }

  private void reduceManifest(Manifest manifest, Set<String> erased) throws IOException {
    List<Cell> cells = new ArrayList<>(manifest.cells());
    // If none is left to remove, an earlier attempt came this far and has left the note.
    boolean removed = cells.removeIf(cell -> erased.contains(cell.id()));
    JsonNode configuration =
        subject.isPresent()
            ? UserIds.without(manifest.configuration(), subject.get())
            : manifest.configuration();
    Manifest reduced =
        manifest.reducedTo(
            cells,
            manifest.rounds().stream().filter(round -> !erased.contains(round.cell())).toList(),
            configuration);
    run.writeManifest(removed ? reduced.withNote(note()) : reduced);
  }

  private String note() {
    return journal.streams()
        + (journal.streams() == 1 ? " stream of a subject was" : " streams of a subject were")
        + " erased on "
        + journal.date()
        + ".";
  }

  /**
   * Says that the tables are new too: the erasure is over.
   *
   * @throws IOException if the journal can't be removed
   */
  public void finish() throws IOException {
    Files.deleteIfExists(run.path().resolve(JOURNAL));
  }

  private static Set<String> cells(Manifest manifest, String subject) {
    Set<String> ids = new TreeSet<>();
    for (Cell cell : manifest.cells()) {
      if (cell.subject().equals(Optional.of(subject))) {
        ids.add(cell.id());
      }
    }
    return ids;
  }

  /** What an erasure takes away. */
  record Journal(List<String> cells, long streams, LocalDate date) {
    Journal {
      cells = List.copyOf(cells);
      cells.forEach(Cell::requireId);
    }
  }
}
