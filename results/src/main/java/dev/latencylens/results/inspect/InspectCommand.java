package dev.latencylens.results.inspect;

import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.table.OutcomeHints;
import dev.latencylens.results.table.TerminalSummary;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code scripts/inspect RUN}: the streams behind a number. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows the slowest streams of a run, phase by phase, with their longest gaps, and how the",
      "client fared in their rounds. Lines have at most 100 columns, or COLUMNS where that is",
      "fewer."
    },
    footer = {
      "",
      "Exit status: 0 done, 2 bad arguments, no such stream, or not a run that can be read.",
      "",
      "Examples:",
      "  scripts/inspect results/runs/20261123T013300Z-hello",
      "  scripts/inspect results/runs/20261123T013300Z-hello --by max_gap --cell c001 --slowest 3",
      "  scripts/inspect results/runs/20261123T013300Z-hello --outcome timeout_idle --by total",
      "  scripts/inspect results/runs/20261123T013300Z-hello --stream r1-17 --json"
    })
public final class InspectCommand implements Callable<Integer> {
  private static final int DONE = 0;
  private static final int BAD_INPUT = 2;
  private static final int WIDEST = 100;
  private static final int NARROWEST = 60;

  private final PrintStream out;
  private final PrintStream err;
  private final int columns;

  @Parameters(paramLabel = "RUN", description = "The directory of a run.")
  private Path directory = Path.of("");

  @Option(names = "--slowest", paramLabel = "N", description = "How many streams, 1 to 1000 (10).")
  private int slowest = 10;

  @Option(
      names = "--by",
      paramLabel = "METRIC",
      description = "What they are ranked by: ttft (as if left out), e2e, max_gap or total.")
  private Ranking ranking = Ranking.TTFT;

  @Option(
      names = "--outcome",
      paramLabel = "OUTCOME",
      description = "Only streams that ended like this, such as timeout_idle.")
  private @Nullable String outcome;

  @Option(names = "--cell", paramLabel = "CELL", description = "Only streams of this cell (c001).")
  private @Nullable String cell;

  @Option(names = "--stream", paramLabel = "ID", description = "The stream of this id.")
  private @Nullable String stream;

  @Option(names = "--json", description = "The same as JSON.")
  private boolean json;

  private InspectCommand(PrintStream out, PrintStream err, int columns) {
    this.out = out;
    this.err = err;
    this.columns = columns;
  }

  /**
   * Runs the command without ending the process.
   *
   * @param out gets the streams
   * @param err gets warnings and errors
   * @param arguments the command line
   * @return the exit status
   */
  public static int run(PrintStream out, PrintStream err, String... arguments) {
    return run(out, err, Optional.ofNullable(System.getenv("COLUMNS")), arguments);
  }

  /** The same in a terminal that says of itself how wide it is. */
  static int run(PrintStream out, PrintStream err, Optional<String> width, String... arguments) {
    int columns =
        width
            .filter(text -> text.matches("[0-9]{1,6}"))
            .map(Integer::parseInt)
            .map(wide -> Math.max(NARROWEST, Math.min(WIDEST, wide)))
            .orElse(WIDEST);
    InspectCommand command = new InspectCommand(out, err, columns);
    return new CommandLine(command)
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(
            (e, ignored) -> command.refuse(e.getMessage() + "; see inspect --help"))
        .execute(arguments);
  }

  @Override
  public Integer call() {
    try {
      RunDirectory run = RunDirectory.open(directory);
      Optional<String> mistake = mistake(run.manifest());
      if (mistake.isPresent()) {
        return refuse(mistake.get());
      }
      Inspection found =
          Inspection.read(
              run,
              new Selection(
                  ranking,
                  slowest,
                  Optional.ofNullable(cell),
                  Optional.ofNullable(outcome),
                  Optional.ofNullable(stream)));
      found.warnings().forEach(warning -> say("warning: " + warning));
      if (!found.warnings().isEmpty() && found.seen() > 0) {
        say(RunFormatException.MEND);
      }
      return show(found);
    } catch (RunFormatException e) {
      return refuse(String.valueOf(e.getMessage()));
    } catch (AccessDeniedException e) {
      return refuse(e.getFile() + " can't be read: you have no access to it");
    } catch (IOException | UncheckedIOException e) {
      return refuse(directory + " can't be read as a run: " + e);
    }
  }

  private int show(Inspection found) throws IOException {
    if (found.seen() == 0) {
      return refuse(directory + " holds no streams of a finished round; measure again");
    }
    if (found.streams().isEmpty() && stream != null) {
      return refuse("there is no stream " + stream + " in " + directory + where());
    }
    out.print(json ? InspectionJson.render(found) : InspectionText.render(found, columns));
    if (found.streams().isEmpty()) {
      say(
          found.matching() == 0
              ? "no stream of the run is like that"
              : "none of them has a " + ranking.metric() + "; --by total shows them");
    }
    return DONE;
  }

  private String where() {
    return (cell == null ? "" : ", in cell " + cell)
        + (outcome == null ? "" : ", that ended as " + outcome)
        + "; ids stand in its streams.jsonl";
  }

  private Optional<String> mistake(Manifest manifest) {
    if (slowest < 1 || slowest > Selection.MOST) {
      return Optional.of("--slowest is from 1 to " + Selection.MOST + ", and not " + slowest);
    }
    List<String> cells = manifest.cells().stream().map(Cell::id).toList();
    if (cell != null && !cells.contains(cell)) {
      return Optional.of(
          "there is no cell "
              + cell
              + " in "
              + directory
              + "; it has "
              + cells.stream().limit(20).collect(Collectors.joining(", "))
              + (cells.size() > 20 ? " …" : ""));
    }
    if (outcome != null && !OutcomeHints.known().contains(outcome)) {
      return Optional.of(
          "there is no outcome "
              + outcome
              + "; known are "
              + String.join(", ", OutcomeHints.known()));
    }
    return Optional.empty();
  }

  private int refuse(String message) {
    say(message);
    return BAD_INPUT;
  }

  private void say(String message) {
    err.print("inspect: " + TerminalSummary.safe(List.of(message)).get(0) + "\n");
  }
}
