package dev.latencylens.benchmarks.runner;

import dev.latencylens.benchmarks.streaming.WarmUp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the virtual machines that measure are started with: a collector and a heap that keep pauses
 * out of measured windows. {@code scripts/collectors} prints the comparison that they were chosen
 * by. Stateless.
 */
final class ForkOptions {
  /** Names other options, for that comparison and for proofs that need a log of their own. */
  static final String PROPERTY = "latencylens.fork.options";

  private static final long MIB = 1L << 20;

  /** Enough for a young generation that most windows do not fill. */
  private static final long HEAP_MIB = 768;

  private static final double YOUNG_SHARE = 2.0 / 3;

  private ForkOptions() {}

  /** For processes on a machine like that of this process. */
  static List<String> list() {
    final String named = System.getProperty(PROPERTY);
    final List<String> options =
        new ArrayList<>(
            named == null
                ? of(Runtime.getRuntime().maxMemory() / MIB)
                : List.of(named.trim().split("\\s+", -1)));
    Optional.ofNullable(System.getProperty(WarmUp.LONGEST))
        .ifPresent(longest -> options.add("-D" + WarmUp.LONGEST + "=" + longest));
    return options;
  }

  /**
   * For a machine on which Java takes so much memory unasked.
   *
   * @param mostMib the largest heap, in MiB: one that is to begin larger would not start
   */
  static List<String> of(final long mostMib) {
    final long heap = Math.min(HEAP_MIB, mostMib);
    return List.of(
        "-XX:+UseG1GC",
        String.format(Locale.ROOT, "-Xms%dm", heap),
        String.format(Locale.ROOT, "-Xmn%dm", Math.round(heap * YOUNG_SHARE)),
        "-XX:+AlwaysPreTouch");
  }
}
