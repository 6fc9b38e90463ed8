package dev.latencylens.benchmarks.init;

import java.io.Console;
import java.util.Optional;

/** Somebody who answers. */
@FunctionalInterface
interface Terminal {
  /**
   * Asks.
   *
   * @param question one line, without its end
   * @return the answer without blanks around it; empty if there will be no more answers
   */
  Optional<String> ask(String question);

  /** The terminal that this process has; empty where its input is no terminal. */
  // From Java 22 on there is a console without a terminal: the script knows better.
  @SuppressWarnings("SystemConsoleNull")
  static Optional<Terminal> ofThisProcess() {
    final Console console = System.console();
    return console == null || "false".equals(System.getProperty("latencylens.terminal"))
        ? Optional.empty()
        : Optional.of(
            question -> Optional.ofNullable(console.readLine("%s ", question)).map(String::strip));
  }
}
