package dev.latencylens.results.table;

import dev.latencylens.results.run.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How the client fared in the rounds that a table is made of: sums over them, and the worst of
 * them. Immutable.
 */
final class ClientReading {
  private static final double MILLIS_PER_SECOND = 1_000;

  /** Of Linux: the unit of the processor times in {@code /proc/stat}, USER_HZ; see proc(5). */
  private static final double MILLIS_PER_TICK = 10;

  private final List<Round> rounds;

  private ClientReading(List<Round> rounds) {
    this.rounds = rounds;
  }

  static ClientReading of(List<Round> usable) {
    return new ClientReading(List.copyOf(usable));
  }

  /** The rounds that the tables are made of, in the order of their numbers. */
  List<Round> rounds() {
    return rounds;
  }

  /**
   * The reading in words.
   *
   * @return one sentence; empty where no round says how its client fared
   */
  Optional<String> sentence() {
    List<String> parts = new ArrayList<>();
    double windowMillis = sum("window_ms").orElse(0);
    OptionalDouble cores = most("cores");
    OptionalDouble cpu = sum("cpu_ms");
    if (cpu.isPresent() && cores.isPresent() && windowMillis > 0) {
      parts.add(
          text(
              "CPU %.0f%% of %.0f cores",
              100 * cpu.getAsDouble() / windowMillis / cores.getAsDouble(), cores.getAsDouble()));
    }
    pair("gc_count", "gc_ms", "collections %.0f, %.0f ms in all", parts);
    pair("safepoint_ms", "safepoint_max_ms", "safepoints %.1f ms in all, %.1f ms at most", parts);
    pair("hiccup_p99_ms", "hiccup_max_ms", "hiccups p99 %.1f ms, %.1f ms at most", parts);
    sum("steal_ticks")
        .ifPresent(
            ticks -> parts.add(text("stolen %.1f s", ticks * MILLIS_PER_TICK / MILLIS_PER_SECOND)));
    OptionalDouble reads = sum("content_reads");
    OptionalDouble events = sum("content_events");
    if (reads.isPresent() && windowMillis > 0) {
      parts.add(text("%.0f reads/s", reads.getAsDouble() / windowMillis * MILLIS_PER_SECOND));
    }
    if (reads.isPresent() && events.isPresent() && events.getAsDouble() > 0) {
      parts.add(
          text(
              "%.1f%% of events in a read with another",
              100 * (1 - reads.getAsDouble() / events.getAsDouble())));
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of("The client, while it measured: " + String.join("; ", parts) + ".");
  }

  /** Rounds whose warm-up ended before the instrument's error had stopped falling. */
  List<Integer> notWarm() {
    return rounds.stream()
        .filter(round -> Double.valueOf(0).equals(round.health().get("warm_up_flat")))
        .map(Round::round)
        .toList();
  }

  /** Of figures that are sums the sum, of those that are not the largest. */
  private void pair(String one, String other, String format, List<String> into) {
    OptionalDouble first = one.endsWith("p99_ms") ? most(one) : sum(one);
    OptionalDouble second = other.endsWith("max_ms") ? most(other) : sum(other);
    if (first.isPresent() && second.isPresent()) {
      into.add(text(format, first.getAsDouble(), second.getAsDouble()));
    }
  }

  private OptionalDouble sum(String name) {
    List<Double> values = values(name);
    return values.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(values.stream().mapToDouble(Double::doubleValue).sum());
  }

  private OptionalDouble most(String name) {
    return values(name).stream().mapToDouble(Double::doubleValue).max();
  }

  private List<Double> values(String name) {
    return rounds.stream().map(round -> round.health().get(name)).filter(v -> v != null).toList();
  }

  private static String text(String format, double... values) {
    Object[] boxed = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      boxed[i] = values[i];
    }
    return String.format(Locale.ROOT, format, boxed);
  }
}
