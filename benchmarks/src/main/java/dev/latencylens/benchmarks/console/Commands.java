package dev.latencylens.benchmarks.console;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Runs a command as all of them are run: errors in one line, and an exit status. Stateless. */
public final class Commands {
  /** All went well. */
  public static final int DONE = 0;

  /** Something failed that the arguments are not to blame for. */
  public static final int FAILED = 1;

  /** The arguments, or a file that they name, can't be used. */
  public static final int BAD_INPUT = 2;

  private Commands() {}

  /**
   * Runs a command without ending the process.
   *
   * @param command with picocli's annotations; its result is the exit status
   * @param out gets its help
   * @param log gets errors, each in a line that begins with the command's name
   * @param arguments of the command line; none is expanded to a file's content
   * @return the exit status
   */
  public static int run(
      final Callable<Integer> command,
      final PrintStream out,
      final PrintStream log,
      final String... arguments) {
    final CommandLine line = new CommandLine(command);
    final String name = line.getCommandName();
    return line
        // scripts/bench looks for --config among the arguments; none may hide in a file.
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(log, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(
            (e, ignored) -> {
              log.println(name + ": " + e.getMessage() + "; see " + name + " --help");
              return BAD_INPUT;
            })
        .setExecutionExceptionHandler(
            (e, ignored, parsed) -> {
              log.println(name + ": " + inWords(e));
              return FAILED;
            })
        .execute(arguments);
  }

  /**
   * An exception in one line.
   *
   * @param e any
   * @return its message; its kind where it has none
   */
  public static String inWords(final Exception e) {
    final String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
