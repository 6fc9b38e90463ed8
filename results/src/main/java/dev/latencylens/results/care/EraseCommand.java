package dev.latencylens.results.care;

import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.run.Subjects;
import dev.latencylens.results.table.TerminalSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code scripts/erase}: erases runs, or one user's streams from all runs, and prints what is gone
 * as tab-separated lines. Exit status: 0 done, 1 something is left, 2 refused or bad arguments.
 */
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Erases whole runs, or one user's streams from every run, and prints what is gone.",
      "",
      "A run goes with its archives in the same directory. Of a user go the streams, histograms, "
          + "rounds, JMH results and texts, and the archives that name the user; the tables are "
          + "written anew; the audit log keeps its lines under a pseudonym that nobody can resolve "
          + "any more.",
      "",
      "Not found: copies elsewhere, such as archives written elsewhere with --out, published "
          + "tables, backups and snapshots. Deleted files are not overwritten, as disks (SSDs above "
          + "all) don't promise that it helps: encrypt the disk if that matters."
    },
    footer = {
      "",
      "Output: a header, then what, path, streams, files, bytes; tabs between.",
      "Exit status: 0 done, 1 something is left (standard error says what), 2 refused.",
      "",
      "Examples:",
      "  scripts/erase results/runs/20261123T013300Z-hello",
      "  scripts/erase --before 2026-08-01 --yes",
      "  scripts/erase --expired",
      "  scripts/erase --subject jane.doe@example.org --runs results/runs"
    })
public final class EraseCommand implements Callable<Integer> {
  private static final int DONE = 0;
  private static final int SOMETHING_LEFT = 1;
  private static final int BAD_INPUT = 2;

  private final CareConsole console;
  private final CareLog log;
  private final Clock clock;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Which which = new Which();

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      description = "The directory of runs. Default: results/runs.")
  private Path runs = CareConsole.home().resolve("results").resolve("runs");

  @Option(names = "--yes", description = "Don't ask.")
  private boolean yes;

  @Option(names = "--force", description = "Erase whole runs also if they may still be running.")
  private boolean force;

  /** What is to be erased: exactly one of these. */
  private static final class Which {
    @Parameters(paramLabel = "RUN", arity = "1..*", description = "Run directories.")
    private List<Path> named = new ArrayList<>();

    @Option(
        names = "--before",
        paramLabel = "DATE",
        description = "All runs that started before this day (UTC), such as 2026-08-01.")
    private @Nullable LocalDate before;

    @Option(names = "--expired", description = "All runs that were to be kept until now at most.")
    private boolean expired;

    @Option(
        names = "--subject",
        paramLabel = "ID",
        description = "One user's streams in all runs: data.user_id of the configuration.")
    private @Nullable String subject;
  }

  private EraseCommand(CareConsole console, CareLog log, Clock clock) {
    this.console = console;
    this.log = log;
    this.clock = clock;
  }

  /**
   * Runs the command without ending the process.
   *
   * @param in where the answer to a question comes from
   * @param out gets what was erased
   * @param err gets questions, warnings and errors
   * @param log is told of each thing that was erased
   * @param arguments the command line
   * @return the exit status
   */
  public static int run(
      InputStream in, PrintStream out, PrintStream err, CareLog log, String... arguments) {
    CareConsole console = new CareConsole("erase", in, out, err, CareConsole.onTerminal());
    return run(console, log, Clock.systemUTC(), arguments);
  }

  static int run(CareConsole console, CareLog log, Clock clock, String... arguments) {
    return console.execute(new EraseCommand(console, log, clock), arguments);
  }

  @Override
  public Integer call() {
    try {
      if (which.subject != null) {
        return eraseSubject(which.subject);
      }
      return eraseRuns();
    } catch (RunFormatException e) {
      console.say(String.valueOf(e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      console.say("it could not be finished, call it again: " + e);
      return SOMETHING_LEFT;
    }
    return BAD_INPUT;
  }

  private int eraseRuns() throws IOException {
    List<String> problems = new ArrayList<>();
    List<Erased> erased = new ArrayList<>(finishEarlier(problems));
    List<Path> finished = erased.stream().map(Erased::path).toList();
    List<Path> chosen = chosen(finished, problems);
    for (Path run : which.named) {
      if (chosen.contains(run)) {
        RunRemoval.check(run, force);
      }
    }
    if (!chosen.isEmpty() && !confirmed(question(chosen))) {
      return BAD_INPUT;
    }
    for (Path run : chosen) {
      try {
        erased.addAll(told(RunRemoval.remove(run, force), problems));
      } catch (RunFormatException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    return report(erased, problems);
  }

  private List<Erased> finishEarlier(List<String> problems) throws IOException {
    List<Erased> finished = new ArrayList<>();
    List<Path> directories = new ArrayList<>();
    for (Path run : which.named) {
      Path parent = run.toAbsolutePath().normalize().getParent();
      if (parent != null && !directories.contains(parent)) {
        directories.add(parent);
      }
    }
    if (directories.isEmpty()) {
      directories.add(runs.toAbsolutePath().normalize());
    }
    for (Path directory : directories) {
      finished.addAll(told(RunRemoval.finishEarlier(directory), problems));
    }
    finished.forEach(
        each -> console.say("finished an erasure that had broken off: " + each.path()));
    return finished;
  }

  private List<Path> chosen(List<Path> finished, List<String> problems) throws IOException {
    if (!which.named.isEmpty()) {
      List<Path> left = new ArrayList<>(which.named);
      left.removeIf(run -> finished.contains(run.toAbsolutePath().normalize()) && isGone(run));
      return left.stream().distinct().toList();
    }
    RunsDirectory found = RunsDirectory.read(runs);
    problems.addAll(found.unreadable());
    List<Path> due = new ArrayList<>();
    for (RunDirectory run : found.runs()) {
      if (isDue(run.manifest())) {
        due.add(run.path());
      }
    }
    return due;
  }

  private boolean isDue(Manifest manifest) {
    return (which.expired && Retention.isOver(manifest, clock.instant()))
        || (which.before != null
            && manifest.started().isBefore(which.before.atStartOfDay(ZoneOffset.UTC).toInstant()));
  }

  private static boolean isGone(Path run) {
    return !run.toFile().exists();
  }

  private int eraseSubject(String subject) throws IOException {
    if (!Subjects.isId(subject)) {
      console.say("--subject takes 1 to 128 letters, digits and . _ @ -");
      return BAD_INPUT;
    }
    if (force) {
      console.say("--force is for whole runs: a running run would go on writing");
      return BAD_INPUT;
    }
    if (!confirmed("Erase all streams of this user in the runs of " + runs + "?")) {
      return BAD_INPUT;
    }
    List<String> problems = new ArrayList<>();
    List<Erased> erased = new ArrayList<>(finishEarlier(problems));
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    SubjectRemoval removal = SubjectRemoval.remove(runs, subject, today);
    problems.addAll(removal.problems());
    erased.addAll(told(removal.erased(), problems));
    return report(erased, problems);
  }

  /** What is gone is gone: that it could not be recorded is told, and the rest goes on. */
  private List<Erased> told(List<Erased> erased, List<String> problems) {
    for (Erased each : erased) {
      try {
        log.erased(each);
      } catch (IOException e) {
        problems.add("the audit log does not hold that this was erased: " + each.path() + ": " + e);
      }
    }
    return erased;
  }

  private String question(List<Path> chosen) {
    return String.format(
        Locale.ROOT,
        "Erase %d %s (%s)?",
        chosen.size(),
        chosen.size() == 1 ? "run" : "runs",
        String.join(", ", chosen.stream().map(Path::toString).toList()));
  }

  private boolean confirmed(String question) throws IOException {
    if (yes) {
      return true;
    }
    Optional<Boolean> answer = console.ask(question);
    if (answer.isEmpty()) {
      console.say("nothing was erased: this is no terminal to ask on; use --yes");
    } else if (!answer.get()) {
      console.say("nothing was erased");
    }
    return answer.orElse(false);
  }

  private int report(List<Erased> erased, List<String> problems) {
    console.print("what\tpath\tstreams\tfiles\tbytes");
    for (Erased each : erased) {
      console.print(
          String.format(
              Locale.ROOT,
              "%s\t%s\t%d\t%d\t%d",
              each.what().word(),
              TerminalSummary.safe(List.of(each.path().toString())).get(0),
              each.streams(),
              each.files(),
              each.bytes()));
    }
    problems.forEach(console::say);
    return problems.isEmpty() ? DONE : SOMETHING_LEFT;
  }
}
