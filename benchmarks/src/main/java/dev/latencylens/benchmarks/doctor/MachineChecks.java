package dev.latencylens.benchmarks.doctor;

import dev.latencylens.benchmarks.console.Commands;
import dev.latencylens.benchmarks.runner.HostFacts;
import dev.latencylens.benchmarks.streaming.ClientHealth;
import dev.latencylens.benchmarks.streaming.HiccupMeter;
import dev.latencylens.results.run.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Looks at this machine as far as measurements depend on it. Stateless. */
final class MachineChecks {
  private static final long MIB = 1L << 20;
  private static final int LEAST_JAVA = 17;
  private static final int LEAST_CORES = 2;

  /** The measuring process has a heap of 768 MiB; the simulator and the runner come on top. */
  private static final long LEAST_MEMORY_MIB = 2_000;

  private static final long LEAST_TEMPORARY_MIB = 200;
  private static final long LISTENED_MILLIS = 1_000;

  /** Of Linux: the unit of the processor times in {@code /proc/stat}, USER_HZ; see proc(5). */
  private static final double MILLIS_PER_TICK = 10;

  private static final double STOLEN_TOO_MUCH = 0.02;
  private static final double LATE_MILLIS = 5;
  private static final double NANOS_PER_MILLI = 1e6;

  private MachineChecks() {}

  /**
   * Looks at everything; takes a second, in which it listens to what holds threads up.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  static List<Finding> all() throws InterruptedException {
    final Machine machine = HostFacts.machine();
    final List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(
        atLeast(
            "cores",
            machine.cores() + ", " + machine.cpu(),
            machine.cores() >= LEAST_CORES,
            "with one core the client and the simulator hold each other up"));
    final long memory = machine.memoryBytes() / MIB;
    findings.add(
        atLeast(
            "memory",
            memory + " MiB",
            memory >= LEAST_MEMORY_MIB,
            "a measuring process alone has a heap of 768 MiB: "
                + LEAST_MEMORY_MIB
                + " MiB should be there"));
    findings.add(temporary(Path.of(System.getProperty("java.io.tmpdir", ""))));
    findings.add(ClockResolution.measure().finding());
    findings.add(governor(machine.frequencyGovernor()));
    findings.add(ContainerLimits.ofThisProcess().finding());
    findings.addAll(listen());
    return findings;
  }

  private static Finding java() {
    final String version = System.getProperty("java.runtime.version", "unknown");
    return Runtime.version().feature() >= LEAST_JAVA
        ? Finding.pass("Java", version)
        : new Finding(State.FAIL, "Java", version, "install a JDK of 17 or newer");
  }

  private static Finding atLeast(
      final String subject, final String found, final boolean enough, final String hint) {
    return enough ? Finding.pass(subject, found) : new Finding(State.LOOK, subject, found, hint);
  }

  static Finding temporary(final Path directory) {
    final String subject = "temporary files";
    try {
      Files.delete(Files.createTempFile(directory, "doctor", ".tmp"));
      final long free = Files.getFileStore(directory).getUsableSpace() / MIB;
      return atLeast(
          subject,
          directory + ", " + free + " MiB free",
          free >= LEAST_TEMPORARY_MIB,
          "make room there, or name another place with -Djava.io.tmpdir in JAVA_TOOL_OPTIONS");
    } catch (final IOException e) {
      return new Finding(
          State.FAIL,
          subject,
          "nothing can be written into " + directory,
          "give this user access, or name another place with -Djava.io.tmpdir in"
              + " JAVA_TOOL_OPTIONS: "
              + Commands.inWords(e));
    }
  }

  static Finding governor(final String governor) {
    return switch (governor) {
      case "performance" -> Finding.pass("CPU governor", governor);
      case "unknown" -> Finding.pass("CPU governor", "not told by this system");
      default ->
          new Finding(
              State.LOOK,
              "CPU governor",
              governor,
              "cores that slow down between events stamp late: cpupower frequency-set -g"
                  + " performance");
    };
  }

  private static List<Finding> listen() throws InterruptedException {
    final HiccupMeter meter = HiccupMeter.start();
    final ClientHealth before = ClientHealth.now();
    TimeUnit.MILLISECONDS.sleep(LISTENED_MILLIS);
    final Map<String, Double> figures = ClientHealth.now().since(before);
    return List.of(steal(figures), wakeUps(meter.stop()));
  }

  static Finding steal(final Map<String, Double> figures) {
    final double available =
        figures.getOrDefault("window_ms", 0.0) * figures.getOrDefault("cores", 0.0);
    if (!figures.containsKey("steal_ticks") || available <= 0) {
      return Finding.pass("steal", "not told by this system");
    }
    final double share = figures.getOrDefault("steal_ticks", 0.0) * MILLIS_PER_TICK / available;
    return atLeast(
        "steal",
        String.format(Locale.ROOT, "%.1f%% of the last second", 100 * share),
        share <= STOLEN_TOO_MUCH,
        "other machines on this host take its processor time: measure when they don't, or elsewhere");
  }

  private static Finding wakeUps(final Histogram overslept) {
    final double p99 = overslept.getValueAtPercentile(99) / NANOS_PER_MILLI;
    return atLeast(
        "wake-ups",
        String.format(
            Locale.ROOT,
            "late by %.2f ms (p99), %.2f ms at most",
            p99,
            overslept.getMaxValue() / NANOS_PER_MILLI),
        p99 <= LATE_MILLIS,
        "something keeps the cores busy: what the client stamps would be late too");
  }
}
