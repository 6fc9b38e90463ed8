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

/** How the commands here speak: data to one stream, questions and errors to the other. */
final class CareConsole {
  private static final int BAD_INPUT = 2;

  private final String command;
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;

  CareConsole(String command, InputStream in, PrintStream out, PrintStream err, boolean terminal) {
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

  /** The checkout that the script stands in; the working directory for a bare jar. */
  static Path home() {
    return Path.of(Optional.ofNullable(System.getProperty("latencylens.home")).orElse(""));
  }

  int execute(Callable<Integer> commandObject, String... arguments) {
    return new CommandLine(commandObject)
        .setExpandAtFiles(false)
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

  void print(String line) {
    out.println(line);
  }

  void say(String message) {
    err.println(command + ": " + safe(message));
  }

  private static String safe(String text) {
    return TerminalSummary.safe(List.of(text)).get(0);
  }
}
