package dev.latencylens.benchmarks.console;

import java.nio.file.Path;
import java.util.Optional;

/** Where the suite is at home on this machine. Stateless. */
public final class Home {
  private Home() {}

  /**
   * The checkout that the script stands in.
   *
   * @return its directory; the working directory for a bare jar
   */
  public static Path directory() {
    return Path.of(Optional.ofNullable(System.getProperty("latencylens.home")).orElse(""));
  }

  /**
   * Where runs go that nobody named a directory for.
   *
   * @return the directory of runs, which need not be there yet
   */
  public static Path runs() {
    return directory().resolve("results").resolve("runs");
  }
}
