package dev.latencylens.results.care;

import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.table.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code scripts/export RUN}: writes a run into one archive and prints the archive's path. Exit
 * status: 0 done, 1 done but not recorded, 2 refused or bad arguments.
 */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes a run into one zip archive: its files in their own formats (JSON, JSON Lines, "
          + "HdrHistogram logs, CSV, Markdown), README.txt, JSON Schemas and checksums.sha256.",
      "",
      "The same run gives the same bytes; its audit log then notes the export. The archive is readable for you alone (mode 600). The "
          + "manifest in it names the user whose requests these were, where one is configured. "
          + "Prompts and answers stay out; stored ones go in with --with-texts, encrypted as they "
          + "are."
    },
    footer = {
      "",
      "Exit status: 0 done, 1 done but the audit log could not be written, 2 refused.",
      "",
      "Examples:",
      "  scripts/export results/runs/20261123T013300Z-hello",
      "  scripts/export results/runs/20261123T013300Z-hello --out hello.zip",
      "  unzip hello.zip && cd 20261123T013300Z-hello && sha256sum -c checksums.sha256"
    })
public final class ExportCommand implements Callable<Integer> {
  private static final int DONE = 0;
  private static final int NOT_RECORDED = 1;
  private static final int BAD_INPUT = 2;

  private final CareConsole console;
  private final CareLog log;

  @Parameters(paramLabel = "RUN", description = "The run directory, as scripts/bench made it.")
  private Path run = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = {
        "The archive; nothing may be there. Default: the run's name and .zip, beside the run,",
        "where scripts/erase finds it."
      })
  private @Nullable Path archive;

  @Option(names = "--with-texts", description = "Take the encrypted prompts and answers along.")
  private boolean withTexts;

  private ExportCommand(CareConsole console, CareLog log) {
    this.console = console;
    this.log = log;
  }

  /**
   * Runs the command without ending the process.
   *
   * @param out gets the archive's path
   * @param err gets warnings and errors
   * @param log is told of the export
   * @param arguments the command line
   * @return the exit status
   */
  public static int run(PrintStream out, PrintStream err, CareLog log, String... arguments) {
    CareConsole console = new CareConsole("export", InputStream.nullInputStream(), out, err, false);
    return console.execute(new ExportCommand(console, log), arguments);
  }

  @Override
  public Integer call() {
    try {
      Exported exported = RunExport.write(run, archive != null ? archive : besideRun(), withTexts);
      for (String path : exported.leftOut()) {
        console.say(
            path.startsWith("texts/")
                ? "left out: " + path + " (use --with-texts)"
                : "left out: " + path + " (not a file of the run's format)");
      }
      for (String warning : Summary.read(RunDirectory.open(run)).warnings()) {
        console.say("exported as it is: " + warning);
      }
      console.print(exported.archive().toString());
      return record(exported);
    } catch (RunFormatException e) {
      console.say(String.valueOf(e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      console.say(run + " could not be exported: " + e);
    }
    return BAD_INPUT;
  }

  private int record(Exported exported) {
    try {
      log.exported(run, exported);
      return DONE;
    } catch (IOException e) {
      console.say("the audit log does not hold this export: " + e);
      return NOT_RECORDED;
    }
  }

  private Path besideRun() {
    Path whole = run.toAbsolutePath().normalize();
    Path name = whole.getFileName();
    return whole.resolveSibling((name == null ? "run" : name) + ".zip");
  }
}
