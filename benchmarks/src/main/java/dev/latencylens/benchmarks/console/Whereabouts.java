package dev.latencylens.benchmarks.console;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** Where and when something was measured, as it stands above its table. Stateless. */
public final class Whereabouts {
  private Whereabouts() {}

  /**
   * This machine, this Java, today.
   *
   * @return one line without its end
   */
  public static String here() {
    return String.format(
        Locale.ROOT,
        "%s %s, %d cores, Java %s, %s",
        System.getProperty("os.name", "unknown"),
        System.getProperty("os.version", ""),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version", "unknown"),
        LocalDate.now(ZoneOffset.UTC));
  }
}
