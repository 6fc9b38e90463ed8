package dev.latencylens.benchmarks.streaming;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For how long the virtual machine stopped all threads, as HotSpot writes it with {@code
 * -Xlog:safepoint} (JEP 158): {@code [1.234s] Safepoint "G1CollectForAllocation", Time since last:
 * 1 ns, Reaching safepoint: 2 ns, ... Total: 3 ns}.
 *
 * @param count how many times
 * @param totalNanos for how long in all
 * @param longestNanos the longest of them
 */
public record SafepointLog(long count, long totalNanos, long longestNanos) {
  private static final Pattern LINE =
      Pattern.compile("^\\[(\\d+\\.\\d+)s].*Safepoint \".*Total:\\s*(\\d+) ns");
  private static final double MILLIS_PER_SECOND = 1_000;

  /**
   * Where the virtual machine of a round writes its log.
   *
   * @param plan the round's plan
   */
  public static Path beside(final Path plan) {
    return plan.resolveSibling(plan.getFileName() + ".safepoints");
  }

  /**
   * What a part of the log holds.
   *
   * @param lines the log
   * @param fromMillis since the virtual machine started
   * @param toMillis since the virtual machine started
   */
  static SafepointLog of(final List<String> lines, final long fromMillis, final long toMillis) {
    long count = 0;
    long total = 0;
    long longest = 0;
    for (final String line : lines) {
      final Matcher matcher = LINE.matcher(line);
      if (matcher.find()) {
        final double millis = Double.parseDouble(matcher.group(1)) * MILLIS_PER_SECOND;
        if (millis >= fromMillis && millis <= toMillis) {
          final long nanos = Long.parseLong(matcher.group(2));
          count++;
          total += nanos;
          longest = Math.max(longest, nanos);
        }
      }
    }
    return new SafepointLog(count, total, longest);
  }

  /** The log of this process; empty where it writes none. */
  static Optional<SafepointLog> ofThisProcess(final long fromMillis, final long toMillis) {
    return RoundPlan.fileOfThisProcess()
        .map(SafepointLog::beside)
        .filter(Files::exists)
        .flatMap(
            file -> {
              try {
                return Optional.of(
                    of(Files.readAllLines(file, StandardCharsets.UTF_8), fromMillis, toMillis));
              } catch (final IOException e) {
                // Health is told as far as it is known.
                return Optional.empty();
              }
            });
  }
}
