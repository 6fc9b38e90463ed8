package dev.latencylens.benchmarks.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a container may use, as Linux' control groups say, version 2 or 1. The kernel stops a
 * process that has used up its share of processor time until the next period, and such a stall
 * looks like a slow service.
 *
 * @param cores how many cores' time, where it is bounded
 * @param memoryMib how much memory, in MiB, where it is bounded
 */
record ContainerLimits(OptionalDouble cores, OptionalDouble memoryMib) {
  /** Version 1 writes a number near 2⁶³ where nothing is bounded. */
  private static final double UNBOUNDED_BYTES = 1L << 60;

  private static final double MIB = 1L << 20;

  private static final Path GROUPS = Path.of("/sys/fs/cgroup");

  /** Reads the limits that hold for this process. */
  static ContainerLimits ofThisProcess() {
    return read(GROUPS);
  }

  /**
   * Reads the limits.
   *
   * @param groups where the control groups are mounted
   */
  static ContainerLimits read(final Path groups) {
    return new ContainerLimits(cores(groups), memory(groups));
  }

  private static OptionalDouble cores(final Path groups) {
    final Optional<String> quota = line(groups.resolve("cpu.max"));
    if (quota.isPresent()) {
      final String[] parts = quota.get().split(" ", -1);
      return parts.length == 2 ? ratio(parts[0], parts[1]) : OptionalDouble.empty();
    }
    final Path old = groups.resolve("cpu");
    return ratio(
        line(old.resolve("cpu.cfs_quota_us")).orElse(""),
        line(old.resolve("cpu.cfs_period_us")).orElse(""));
  }

  private static OptionalDouble ratio(final String quota, final String period) {
    final OptionalDouble of = number(quota);
    final OptionalDouble by = number(period);
    // Version 1 writes -1, version 2 max, for no bound.
    return of.isPresent() && by.isPresent() && of.getAsDouble() > 0 && by.getAsDouble() > 0
        ? OptionalDouble.of(of.getAsDouble() / by.getAsDouble())
        : OptionalDouble.empty();
  }

  private static OptionalDouble memory(final Path groups) {
    final OptionalDouble bytes =
        number(
            line(groups.resolve("memory.max"))
                .or(() -> line(groups.resolve("memory").resolve("memory.limit_in_bytes")))
                .orElse(""));
    return bytes.isPresent() && bytes.getAsDouble() < UNBOUNDED_BYTES
        ? OptionalDouble.of(bytes.getAsDouble() / MIB)
        : OptionalDouble.empty();
  }

  private static OptionalDouble number(final String text) {
    return text.matches("[0-9]{1,19}")
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }

  private static Optional<String> line(final Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
          .findFirst()
          .map(String::strip);
    } catch (final IOException e) {
      return Optional.empty();
    }
  }

  Finding finding() {
    if (cores.isEmpty() && memoryMib.isEmpty()) {
      return Finding.pass("container", "no limit of processor time or memory");
    }
    final String found =
        (cores.isEmpty()
                ? "processor time not limited"
                : String.format(Locale.ROOT, "%.1f cores' time", cores.getAsDouble()))
            + (memoryMib.isEmpty()
                ? ""
                : String.format(Locale.ROOT, ", %.0f MiB of memory", memoryMib.getAsDouble()));
    return cores.isEmpty()
        ? Finding.pass("container", found)
        : new Finding(
            State.LOOK,
            "container",
            found,
            "the kernel stops a process that has used its share up, for tens of milliseconds: give"
                + " the container whole cores and no quota");
  }
}
