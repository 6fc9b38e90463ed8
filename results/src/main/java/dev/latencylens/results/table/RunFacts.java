package dev.latencylens.results.table;

import dev.latencylens.results.run.Jvm;
import dev.latencylens.results.run.Machine;
import dev.latencylens.results.run.Manifest;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a reader must know of a run before its numbers. Raw text: the renderer makes it safe. */
public final class RunFacts {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final double BYTES_PER_GIB = 1024.0 * 1024 * 1024;

  /** What must stand above the numbers of a simulated run. */
  public static final String SIMULATED =
      "Simulated: the embedded simulator played all providers. These numbers show the instrument at"
          + " work; they say nothing about any real service.";

  private RunFacts() {}

  /**
   * When the run began.
   *
   * @param summary the run
   * @return to the minute, in UTC
   */
  public static String date(Summary summary) {
    return MINUTE.format(summary.manifest().started());
  }

  /**
   * Where it ran.
   *
   * @param summary the run
   * @return the machine in words
   */
  public static String machine(Summary summary) {
    Machine machine = summary.manifest().machine();
    List<String> parts = new ArrayList<>();
    parts.add(machine.cpu() + ", " + machine.cores() + (machine.cores() == 1 ? " core" : " cores"));
    if (machine.memoryBytes() > 0) {
      parts.add(Decimal.fixed(machine.memoryBytes() / BYTES_PER_GIB, 1) + " GiB");
    }
    parts.add(machine.os() + ", kernel " + machine.kernel());
    parts.add("frequency governor " + machine.frequencyGovernor());
    return String.join("; ", parts);
  }

  /**
   * What it ran on.
   *
   * @param summary the run
   * @return the virtual machine in words
   */
  public static String jvm(Summary summary) {
    Jvm jvm = summary.manifest().jvm();
    return jvm.version() + ", " + jvm.vendor() + "; " + jvm.gc();
  }

  /**
   * How much was measured.
   *
   * @param summary the run
   * @return counts in words, and the seed
   */
  public static String measured(Summary summary) {
    Manifest manifest = summary.manifest();
    long streams = summary.rows().stream().mapToLong(SummaryRow::streams).sum();
    return count(summary.rows().size(), "cell")
        + ", "
        + count(manifest.blocks(), "block")
        + ", "
        + count(summary.finishedRounds(), "round")
        + ", "
        + count(streams, "stream")
        + "; seed "
        + manifest.seed();
  }

  /**
   * What measured.
   *
   * @param summary the run
   * @return this suite with its version and commit
   */
  public static String suite(Summary summary) {
    Manifest manifest = summary.manifest();
    return "Latency Lens "
        + manifest.suiteVersion()
        + manifest
            .git()
            .map(git -> ", commit " + shortened(git.revision()) + (git.dirty() ? ", changed" : ""))
            .orElse("");
  }

  /**
   * What is the same for all rows.
   *
   * @param summary the run
   * @return texts such as {@code load closed-50}; none if nothing is
   */
  public static List<String> constants(Summary summary) {
    if (summary.rows().isEmpty()) {
      return List.of();
    }
    SummaryRow first = summary.rows().get(0);
    return RowNames.of(summary.rows()).constant().stream()
        .map(dimension -> dimension.column() + " " + dimension.of(first.cell()))
        .toList();
  }

  private static String shortened(String revision) {
    return revision.length() > 12 ? revision.substring(0, 12) : revision;
  }

  private static String count(long n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }
}
