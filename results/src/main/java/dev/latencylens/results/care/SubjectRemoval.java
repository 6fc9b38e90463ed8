package dev.latencylens.results.care;

import dev.latencylens.results.report.RunReport;
import dev.latencylens.results.run.CellErasure;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.run.RunLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Erases one user's streams from every run of a directory, and every archive of such a run in it.
 * What broke off in an earlier call is finished first, whoever it was about.
 *
 * @param erased what was taken away, one entry for each run and archive
 * @param problems what could not be erased or looked at, and where the id still stands as a word;
 *     one sentence each, without the id
 */
record SubjectRemoval(List<Erased> erased, List<String> problems) {

  SubjectRemoval {
    erased = List.copyOf(erased);
    problems = List.copyOf(problems);
  }

  static SubjectRemoval remove(Path runs, String subject, LocalDate today) throws IOException {
    List<Erased> erased = new ArrayList<>();
    RunsDirectory found = RunsDirectory.read(runs);
    List<String> problems = new ArrayList<>(found.unreadable());
    for (RunDirectory run : found.runs()) {
      try {
        FileTree.files(run.path());
        if (CellErasure.pending(run).isPresent() || CellErasure.concerns(run, subject)) {
          erased.add(removeFrom(run, subject, today));
        }
        addLeft(FileTree.files(run.path()), subject, problems);
      } catch (RunFormatException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    erased.addAll(ExportedCopies.removeOfSubject(runs, subject));
    addLeft(
        RunsDirectory.entries(runs).stream()
            .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
            .toList(),
        subject,
        problems);
    return new SubjectRemoval(erased, problems);
  }

  private static Erased removeFrom(RunDirectory run, String subject, LocalDate today)
      throws IOException {
    if (run.manifest().finished().isEmpty() && !RunLock.wasEverTaken(run.path())) {
      throw new RunFormatException(
          run.path()
              + " never finished, and nothing tells whether it still runs; if it does not, erase"
              + " the whole run with --force");
    }
    RunLock lock = lock(run);
    try {
      FileTree.Size before = FileTree.size(run.path());
      long streams = 0;
      Optional<CellErasure> earlier = CellErasure.pending(run);
      if (earlier.isPresent()) {
        streams += complete(run, earlier.get());
      }
      if (CellErasure.concerns(run, subject)) {
        streams += complete(run, CellErasure.begin(run, subject, today));
      }
      FileTree.Size gone = before.less(FileTree.size(run.path()));
      return new Erased(run.path(), Erased.What.SUBJECT, streams, gone.files(), gone.bytes());
    } finally {
      lock.close();
    }
  }

  private static RunLock lock(RunDirectory run) throws IOException {
    return RunLock.tryAcquire(run.path())
        .orElseThrow(
            () ->
                new RunFormatException(
                    run.path() + " is still running, or is being erased or exported; wait"));
  }

  private static long complete(RunDirectory run, CellErasure erasure) throws IOException {
    erasure.carryOut();
    RunReport.write(run);
    erasure.finish();
    return erasure.streams();
  }

  private static void addLeft(List<Path> files, String subject, List<String> problems)
      throws IOException {
    for (Path file : files) {
      // The page is made of the run's other files, and its program is full of short words.
      if (!file.endsWith(RunDirectory.Table.PAGE.fileName()) && FileTree.holdsWord(file, subject)) {
        problems.add(
            file
                + " still holds the id as a word: look whether it is the user there, and if so erase"
                + " the whole run");
      }
    }
  }
}
