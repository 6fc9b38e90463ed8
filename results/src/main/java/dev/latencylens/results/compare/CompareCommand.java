package dev.latencylens.results.compare;

import dev.latencylens.results.github.StepSummary;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.table.TerminalSummary;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code scripts/compare}: says what is slower, and how sure that is. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Judges what a run was made to compare: the arms of one run, or the pairs that its",
      "configuration names. Two runs are laid side by side, unpaired and without a verdict."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:nothing is slower",
      "1:something is slower, or fails more",
      "2:bad arguments, or runs that can't be read or compared",
      "3:with --strict: something is inconclusive, unpaired, or the instrument was late"
    },
    footer = {
      "",
      "Examples:",
      "  scripts/compare results/runs/20261123T101500Z-nightly",
      "  scripts/compare RUN --by model",
      "  scripts/compare RUN --strict --format junit > verdicts.xml",
      "  scripts/compare BASE_RUN CANDIDATE_RUN --format csv"
    })
public final class CompareCommand implements Callable<Integer> {
  private static final int NOTHING_SLOWER = 0;
  private static final int SLOWER = 1;
  private static final int BAD_INPUT = 2;
  private static final int UNSETTLED = 3;

  private final StepSummary stepSummary;
  private final PrintStream out;
  private final PrintStream err;

  @Parameters(
      arity = "1..2",
      paramLabel = "RUN",
      description = "one run to judge, or two to lay side by side, the earlier one first")
  private List<Path> runs = List.of();

  @Option(
      names = "--by",
      paramLabel = "DIMENSION",
      description = "explore instead: all cells that differ in provider, model or load")
  private Exploration.@Nullable By by;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "md (by default), csv, json, junit or github")
  private ComparisonFormat format = ComparisonFormat.MD;

  @Option(
      names = "--strict",
      description = "exit with 3 where nothing is slower but not all is settled either")
  private boolean strict;

  @Option(
      names = "--force",
      description = "lay two runs side by side although they asked for different things")
  private boolean force;

  private CompareCommand(StepSummary stepSummary, PrintStream out, PrintStream err) {
    this.stepSummary = stepSummary;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs the command without ending the process.
   *
   * @param out gets the comparison
   * @param err gets errors
   * @param arguments the command line
   * @return the exit status
   */
  public static int run(PrintStream out, PrintStream err, String... arguments) {
    return run(StepSummary.of(System.getenv()), out, err, arguments);
  }

  static int run(StepSummary stepSummary, PrintStream out, PrintStream err, String... arguments) {
    return new CommandLine(new CompareCommand(stepSummary, out, err))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((e, ignored) -> refuse(err, e))
        .execute(arguments);
  }

  private static int refuse(PrintStream err, ParameterException e) {
    say(err, e.getMessage() + "; usage: compare RUN [RUN] [--by DIMENSION] [--format FORMAT]");
    return BAD_INPUT;
  }

  @Override
  public Integer call() {
    try {
      Optional<CellComparison> compared = runs.size() == 2 ? unpaired() : paired();
      if (compared.isEmpty()) {
        return BAD_INPUT;
      }
      if (!force) {
        warn(compared.get().notes());
      }
      out.print(format.render(compared.get()));
      // Annotations and reports are for programs: a person reads the tables.
      stepSummary
          .append(ComparisonFormat.MD.render(compared.get()))
          .ifPresent(warning -> say(err, "warning: " + warning));
      return compared.get().worse()
          ? SLOWER
          : strict && compared.get().unsettled() ? UNSETTLED : NOTHING_SLOWER;
    } catch (RunFormatException e) {
      say(err, String.valueOf(e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      say(err, "the run can't be read: " + e.getMessage());
    }
    return BAD_INPUT;
  }

  /** The notes below the table say it too; formats for programs have no place for it. */
  private void warn(List<String> notes) {
    List<String> warnings =
        notes.stream().filter(note -> note.startsWith(CellComparison.WARNING)).toList();
    warnings.forEach(
        warning -> say(err, "warning: " + warning.substring(CellComparison.WARNING.length())));
    if (!warnings.isEmpty()) {
      say(err, RunFormatException.MEND);
    }
  }

  private Optional<CellComparison> paired() throws IOException {
    if (force) {
      say(err, "--force is for two runs");
      return Optional.empty();
    }
    RunDirectory run = RunDirectory.open(runs.get(0));
    if (by != null) {
      return Optional.of(Exploration.of(run, by));
    }
    Optional<CellComparison> planned = PlannedComparison.of(run);
    if (planned.isEmpty()) {
      say(
          err,
          run.path()
              + " was not made to compare anything: measure with --arm twice, name pairs under"
              + " comparison: in the configuration, or explore with --by "
              + String.join(", ", names()));
    }
    return planned;
  }

  private static List<String> names() {
    return List.of(Exploration.By.values()).stream().map(Exploration.By::label).toList();
  }

  private Optional<CellComparison> unpaired() throws IOException {
    if (by != null) {
      say(err, "--by " + by.label() + " looks into one run");
      return Optional.empty();
    }
    RunDirectory base = RunDirectory.open(runs.get(0));
    RunDirectory candidate = RunDirectory.open(runs.get(1));
    Manifest one = base.manifest();
    List<String> differences = UnpairedComparison.differences(one, candidate.manifest());
    if (!differences.isEmpty() && !force) {
      differences.forEach(difference -> say(err, difference));
      say(err, "such runs say nothing about each other; --force shows them with a warning");
      return Optional.empty();
    }
    return Optional.of(UnpairedComparison.of(base, candidate, differences));
  }

  private static void say(PrintStream err, String message) {
    err.println("compare: " + TerminalSummary.safe(List.of(message)).get(0));
  }
}
