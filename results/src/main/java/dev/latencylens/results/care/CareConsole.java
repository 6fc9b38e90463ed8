package dev.latencylens.results.care;

import dev.latencylens.results.table.TerminalSummary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/**
 * How the commands about finished runs speak: data to one stream, questions and errors to the
 * other. For one thread.
 */
public final class CareConsole {
  private static final int BAD_INPUT = 2;

  private final String command;
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;

  /**
   * Speaks for a command.
   *
   * @param command the command's name, which each message begins with
   * @param in where answers come from
   * @param out gets data and help
   * @param err gets questions, warnings and errors
   * @param terminal whether a person is there to answer
   */
  public CareConsole(
      String command, InputStream in, PrintStream out, PrintStream err, boolean terminal) {
    this.command = command;
    this.in = in;
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** Whether the script found a person at both ends: Java can't tell the two apart in time. */
  static boolean onTerminal() {
    return Boolean.getBoolean("latencylens.terminal");
  }

  /**
   * The checkout that the script stands in; the working directory for a bare jar.
   *
   * @return a directory
   */
  public static Path home() {
    return Path.of(Optional.ofNullable(System.getProperty("latencylens.home")).orElse(""));
  }

  /**
   * Runs a command without ending the process; bad arguments are told in one line.
   *
   * @param commandObject with picocli's annotations; its result is the exit status
   * @param arguments the command line; none is expanded to a file's content
   * @return the exit status, 2 for bad arguments
   */
  public int execute(Callable<Integer> commandObject, String... arguments) {
    return new CommandLine(commandObject)
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(
            (e, ignored) -> {
              say(e.getMessage() + "; see " + command + " --help");
              return BAD_INPUT;
            })
        .execute(arguments);
  }

  /** Asks for yes or no; empty where nobody is there to answer. */
  Optional<Boolean> ask(String question) throws IOException {
    if (!terminal) {
      return Optional.empty();
    }
    err.print(safe(question) + " [y/N] ");
    err.flush();
    String answer =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    String said = answer == null ? "" : answer.strip().toLowerCase(Locale.ROOT);
    return Optional.of(said.equals("y") || said.equals("yes"));
  }

  /**
   * Prints a line of data.
   *
   * @param line without its end, safe for a terminal
   */
  public void print(String line) {
    out.println(line);
  }

  /**
   * Tells a person something, in one line that begins with the command's name.
   *
   * @param message any text; what a terminal would act on is escaped
   */
  public void say(String message) {
    err.println(command + ": " + safe(message));
  }

  private static String safe(String text) {
    return TerminalSummary.safe(List.of(text)).get(0);
  }
}
