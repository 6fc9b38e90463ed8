package dev.latencylens.results.merge;

import dev.latencylens.results.audit.AuditEntry;
import dev.latencylens.results.audit.AuditField;
import dev.latencylens.results.audit.AuditFile;
import dev.latencylens.results.care.CareConsole;
import dev.latencylens.results.care.RunAtRest;
import dev.latencylens.results.run.RunFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code scripts/merge RUN… --out DIR}: one run out of runs of one plan from several machines. Exit
 * status: 0 done, 1 something failed, is left out or is not audited, 2 refused.
 */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Puts runs of one plan from several machines together to one run, in which the machine tells "
          + "the cells apart, writes its tables and prints them. The runs stay as they are.",
      "",
      "Rounds are numbered anew; blocks, histograms and streams stay. Refused: runs that differ in "
          + "configuration, workload, suite, libraries or schema, and runs of one machine.",
      "",
      "Timelines and encrypted texts are left out, and the audit logs stay with their runs."
    },
    footer = {
      "",
      "Exit status: 0 done, 1 something failed or is left out (standard error says what), 2 refused.",
      "",
      "Examples:",
      "  scripts/merge runs/from-paris runs/from-tokyo --out results/runs/both",
      "  scripts/merge a b --machine paris --machine tokyo --out results/runs/both"
    })
public final class MergeCommand implements Callable<Integer> {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int BAD_INPUT = 2;
  private static final Pattern MACHINE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final CareConsole console;
  private final PrintStream out;

  @Parameters(paramLabel = "RUN", arity = "2..*", description = "Run directories.")
  private List<Path> runs = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The merged run's directory; nothing may be there.")
  private Path target = Path.of("");

  @Option(
      names = "--machine",
      paramLabel = "NAME",
      description = {
        "What the machine of a run is called: once for each run, in their order. Default: as the",
        "runs say, which is the same for machines of one kind."
      })
  private List<String> machines = new ArrayList<>();

  private MergeCommand(CareConsole console, PrintStream out) {
    this.console = console;
    this.out = out;
  }

  /**
   * Runs the command without ending the process.
   *
   * @param out gets the tables and the path of the merged run
   * @param err gets warnings and errors
   * @param arguments the command line
   * @return the exit status
   */
  public static int run(PrintStream out, PrintStream err, String... arguments) {
    CareConsole console = new CareConsole("merge", InputStream.nullInputStream(), out, err, false);
    return console.execute(new MergeCommand(console, out), arguments);
  }

  @Override
  public Integer call() {
    if (!machines.isEmpty() && machines.size() != runs.size()) {
      console.say("--machine stands once for each run, or not at all");
      return BAD_INPUT;
    }
    for (String machine : machines) {
      if (!MACHINE.matcher(machine).matches()) {
        console.say("--machine takes 1 to 64 letters, digits and . _ -, not: " + machine);
        return BAD_INPUT;
      }
    }
    List<RunAtRest> taken = new ArrayList<>();
    try {
      return merge(taken);
    } catch (RunFormatException e) {
      console.say(String.valueOf(e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      console.say("nothing was merged, as a file can't be read or written: " + e);
      return FAILED;
    } finally {
      taken.forEach(this::release);
    }
    return BAD_INPUT;
  }

  private int merge(List<RunAtRest> taken) throws IOException {
    List<MergeSource> sources = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (whole(runs.get(i)).equals(whole(runs.get(j)))) {
          throw new RunFormatException(runs.get(i) + " is named twice; name each run once");
        }
      }
      taken.add(RunAtRest.take(runs.get(i)));
      Optional<String> label = machines.isEmpty() ? Optional.empty() : Optional.of(machines.get(i));
      sources.add(MergeSource.of(taken.get(i).run(), label));
    }
    Merged merged = RunMerge.write(sources, target);
    boolean recorded = record(merged);
    merged.leftOut().forEach(what -> console.say("left out of " + what));
    merged.report().warnings().forEach(warning -> console.say("warning: " + warning));
    out.print(merged.report().terminal());
    out.println();
    console.print(target.toString());
    return recorded && merged.leftOut().isEmpty() && merged.report().warnings().isEmpty()
        ? DONE
        : FAILED;
  }

  private static Path whole(Path run) {
    return run.toAbsolutePath().normalize();
  }

  /** The merged run has an audit log of its own, which begins with where it comes from. */
  private boolean record(Merged merged) {
    try {
      AuditFile audit = AuditFile.of(target);
      audit.begin();
      audit.append(
          List.of(
              AuditEntry.now("merge")
                  .with(AuditField.STREAMS, merged.streams())
                  .with(AuditField.CELLS, merged.cells())));
      audit.seal();
      return true;
    } catch (IOException e) {
      console.say("the audit log does not hold this merge: " + e);
      return false;
    }
  }

  private void release(RunAtRest run) {
    try {
      run.close();
    } catch (IOException e) {
      console.say(run.run().path() + " could not be unlocked: " + e);
    }
  }
}
