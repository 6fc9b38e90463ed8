package dev.latencylens.benchmarks.streaming;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the client's own process and machine went through: readings that only grow, taken at the
 * start and at the end of a measurement.
 *
 * @param nanos {@link System#nanoTime()} of the reading
 * @param uptimeMillis since this virtual machine started
 * @param gcCount collections so far
 * @param gcMillis time spent in collections so far
 * @param cpuNanos processor time of this process so far, or -1 where unknown
 * @param stealTicks time that the hypervisor took from this machine so far, or -1 where unknown
 */
public record ClientHealth(
    long nanos, long uptimeMillis, long gcCount, long gcMillis, long cpuNanos, long stealTicks) {
  private static final Path KERNEL_STATISTICS = Path.of("/proc/stat");
  private static final int STEAL_COLUMN = 8;
  private static final double NANOS_PER_MILLI = 1e6;

  /**
   * Takes a reading.
   *
   * @return what there is by now
   */
  public static ClientHealth now() {
    long count = 0;
    long millis = 0;
    for (final GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      count += Math.max(0, collector.getCollectionCount());
      millis += Math.max(0, collector.getCollectionTime());
    }
    return new ClientHealth(
        System.nanoTime(),
        ManagementFactory.getRuntimeMXBean().getUptime(),
        count,
        millis,
        processCpuNanos(),
        readStealTicks());
  }

  private static long processCpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : -1;
  }

  /** The eighth figure of the line {@code cpu} in {@code /proc/stat}; see proc(5). */
  private static long readStealTicks() {
    try {
      final List<String> lines = Files.readAllLines(KERNEL_STATISTICS, StandardCharsets.US_ASCII);
      final String[] columns = lines.get(0).trim().split("\\s+", -1);
      return columns.length > STEAL_COLUMN ? Long.parseLong(columns[STEAL_COLUMN]) : -1;
    } catch (final IOException | NumberFormatException e) {
      // Not Linux, or a kernel that says it otherwise: unknown, and left out.
      return -1;
    }
  }

  /**
   * What happened since an earlier reading.
   *
   * @param earlier the reading before
   * @return figures by name, those unknown left out
   */
  public Map<String, Double> since(final ClientHealth earlier) {
    final Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("window_ms", (nanos - earlier.nanos) / NANOS_PER_MILLI);
    figures.put("cores", (double) Runtime.getRuntime().availableProcessors());
    figures.put("gc_count", (double) (gcCount - earlier.gcCount));
    figures.put("gc_ms", (double) (gcMillis - earlier.gcMillis));
    if (cpuNanos >= 0 && earlier.cpuNanos >= 0) {
      figures.put("cpu_ms", (cpuNanos - earlier.cpuNanos) / NANOS_PER_MILLI);
    }
    if (stealTicks >= 0 && earlier.stealTicks >= 0) {
      figures.put("steal_ticks", (double) (stealTicks - earlier.stealTicks));
    }
    SafepointLog.ofThisProcess(earlier.uptimeMillis, uptimeMillis)
        .ifPresent(
            stops -> {
              figures.put("safepoints", (double) stops.count());
              figures.put("safepoint_ms", stops.totalNanos() / NANOS_PER_MILLI);
              figures.put("safepoint_max_ms", stops.longestNanos() / NANOS_PER_MILLI);
            });
    return figures;
  }
}
