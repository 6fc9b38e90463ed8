package dev.latencylens.results.audit;

import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.table.TerminalSummary;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code scripts/audit}: verifies audit logs, or shows one as a table. Exit status: 0 intact, 1
 * broken, 2 bad arguments or no such run.
 */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(verify | show)",
    description = "Verifies the audit logs of runs, or shows one.",
    footer = {
      "",
      "Exit status: 0 intact, 1 an audit log is broken, 2 bad arguments or no such run.",
      "",
      "Examples:",
      "  scripts/audit verify results/runs/*/",
      "  scripts/audit show results/runs/20261123T013300Z-hello",
      "  scripts/audit show results/runs/20261123T013300Z-hello --event authentication"
    })
public final class AuditCommand {
  private static final int INTACT = 0;
  private static final int BROKEN = 1;
  private static final int BAD_INPUT = 2;

  private final PrintStream out;
  private final PrintStream err;

  private AuditCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Runs the command without ending the process.
   *
   * @param out gets verdicts and the table
   * @param err gets warnings and errors
   * @param arguments the command line
   * @return the exit status
   */
  public static int run(PrintStream out, PrintStream err, String... arguments) {
    AuditCommand command = new AuditCommand(out, err);
    return new CommandLine(command)
        .setExpandAtFiles(false)
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(
            (e, ignored) -> command.refuse(e.getMessage() + "; see audit --help"))
        .execute(arguments);
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Says of each run whether its audit log is as it was written, and names each line that",
        "was changed, removed, moved, inserted or cut off.",
        "",
        "It compares with audit-heads.jsonl beside the run directory. Who may write both could",
        "forge both: keep a copy of that file's last line elsewhere if that matters."
      },
      footer = {
        "",
        "Exit status: 0 all are intact, 1 one is broken, 2 bad arguments or no such run.",
        "",
        "Example:",
        "  scripts/audit verify results/runs/20261123T013300Z-hello"
      })
  int verify(
      @Parameters(paramLabel = "RUN", arity = "1..*", description = "Run directories.")
          List<Path> runs) {
    int status = INTACT;
    for (Path run : runs) {
      try {
        AuditVerification verification = AuditVerification.of(run);
        out.print(safe(verdict(run, verification)) + "\n");
        verification.findings().forEach(finding -> detail(finding.inWords()));
        verification.notes().forEach(note -> detail("note: " + note.inWords()));
        status = Math.max(status, verification.intact() ? INTACT : BROKEN);
      } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
        status = refuse(inWords(run, e));
      }
    }
    return status;
  }

  private static String verdict(Path run, AuditVerification verification) {
    return run
        + ": "
        + (verification.intact() ? "intact, " : "BROKEN, ")
        + verification.lines()
        + (verification.lines() == 1 ? " line, " : " lines, ")
        + verification.sealed().map(time -> "sealed at " + time).orElse("not sealed");
  }

  private void detail(String text) {
    out.print("  " + safe(text) + "\n");
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = {
        "Prints the audit log of a run as a table, without verifying it.",
        "A user stands there by id as long as the run knows the id, else by pseudonym."
      },
      footer = {
        "",
        "Example:",
        "  scripts/audit show results/runs/20261123T013300Z-hello --event api_call"
      })
  int show(
      @Parameters(paramLabel = "RUN", description = "The run directory.") Path run,
      @Option(
              names = "--event",
              paramLabel = "EVENT",
              description = "Only lines of this event, such as authentication.")
          @Nullable String event) {
    try {
      if (!Files.isRegularFile(run.resolve(AuditFile.NAME))) {
        return refuse(run + " has no " + AuditFile.NAME + "; name the directory of a run");
      }
      AuditTable table = AuditTable.read(run, Optional.ofNullable(event));
      if (table.isEmpty() && event != null) {
        say("no line has the event " + event);
      }
      out.print(table.render());
      if (!table.unreadable().isEmpty()) {
        say(
            "left out what is no line of an audit log: line "
                + table.unreadable().get(0)
                + (table.unreadable().size() == 1
                    ? ""
                    : " and " + (table.unreadable().size() - 1) + " more")
                + "; see scripts/audit verify");
      }
      return INTACT;
    } catch (IOException | UncheckedIOException e) {
      return refuse(inWords(run, e));
    }
  }

  private static String inWords(Path run, Exception e) {
    return e instanceof RunFormatException || e instanceof IllegalArgumentException
        ? String.valueOf(e.getMessage())
        : run + " can't be read: " + e;
  }

  private int refuse(String message) {
    say(message);
    return BAD_INPUT;
  }

  private void say(String message) {
    err.print("audit: " + safe(message) + "\n");
  }

  private static String safe(String text) {
    return TerminalSummary.safe(List.of(text)).get(0);
  }
}
