package dev.latencylens.benchmarks.proof;

import dev.latencylens.benchmarks.streaming.LedgerClient;
import dev.latencylens.benchmarks.streaming.SimulatorAddress;
import dev.latencylens.fixtures.simulator.SimulatorProcess;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamText;
import dev.latencylens.results.run.StreamTime;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Prints what runs showed, as tables in Markdown. */
final class Report {
  /** The limit that is shown: requests in a second. */
  static final int RATE = 40;

  /** What may come at once. */
  static final int BURST = 20;

  private static final List<Double> WINDOWS = List.of(0.0, 0.1, 0.5, 1.0, 2.0, 5.0);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int QUARTERS = 4;
  private static final String LATE = "=late";

  private final PrintStream out;

  Report(final PrintStream out) {
    this.out = out;
  }

  /** How exactly arrivals came. */
  void pacing(final Map<String, String> row) {
    out.println(
        "| planned | started | offered/s | started/s | achieved/s | late p50 ms | late p99 ms |");
    out.println("|--:|--:|--:|--:|--:|--:|--:|");
    cells(
        row,
        "planned",
        "streams",
        "offered_per_second",
        "started_per_second",
        "achieved_per_second",
        "start_error_p50_ms",
        "start_error_p99_ms");
    out.println();
  }

  /** What a limit let through, and what the service saw of it. */
  void limits(final SuiteRun run, final SimulatorProcess simulator)
      throws IOException, InterruptedException {
    final LedgerClient ledger =
        LedgerClient.of(new SimulatorAddress(simulator.baseUri(), simulator.caBundle()));
    final List<Long> released = new ArrayList<>();
    final List<Long> received = new ArrayList<>();
    for (final StreamLine line : run.streams()) {
      line.time(StreamTime.RELEASE).ifPresent(released::add);
      final OptionalLong seen = ledger.received(line.text(StreamText.RESPONSE_ID).orElse("none"));
      seen.ifPresent(received::add);
    }
    final WindowCount releases = counted(released);
    final WindowCount arrivals = counted(received);
    out.printf(
        Locale.ROOT,
        "%d requests a second, burst %d: %d released, %d seen by the service; throughput %.2f%% of"
            + " the limit%n%n",
        RATE,
        BURST,
        releases.size(),
        arrivals.size(),
        100 * (releases.size() - BURST) / releases.spanSeconds() / RATE);
    out.println("| any window of | allowed | most released | most that the service saw |");
    out.println("|--:|--:|--:|--:|");
    for (final double seconds : WINDOWS) {
      out.printf(
          Locale.ROOT,
          "| %.1f s | %.0f | %d | %d |%n",
          seconds,
          BURST + RATE * seconds,
          releases.most(seconds),
          arrivals.most(seconds));
    }
    out.println();
  }

  private static WindowCount counted(final List<Long> nanos) {
    return new WindowCount(nanos.stream().mapToLong(Long::longValue).toArray());
  }

  /** What became of very many streams at once, and of the memory that they took. */
  void many(final String eventsPerSecond, final SuiteRun run) {
    out.println(
        "| streams | events/s each | complete | failed | not started | instrument error p50, p99"
            + " ms | marked late | heap after collections, by quarter, MiB | most MiB |");
    out.println("|--:|--:|--:|--:|--:|--:|:--|:--|--:|");
    final Map<String, String> row = run.row();
    final long streams = Long.parseLong(row.getOrDefault("streams", "0"));
    final long errors = Long.parseLong(row.getOrDefault("errors", "0"));
    out.printf(
        Locale.ROOT,
        "| %d | %s | %d | %d | %s | %s, %s | %s | %s | %d |%n",
        streams,
        eventsPerSecond,
        streams - errors,
        errors,
        row.get("not_started"),
        row.get("instrument_error_p50_ms"),
        row.get("instrument_error_p99_ms"),
        late(row.getOrDefault("notes", "")),
        quarters(run.heap()),
        run.heap().mostMib());
    out.println();
  }

  /** What of a run's time, from its command to its end, was neither measuring nor warming. */
  void share(final SuiteRun run, final long wallNanos) throws IOException {
    final double busy = run.busyNanos();
    out.printf(
        Locale.ROOT,
        "Rounds of 20 s: the command took %.1f s, %.1f s of them measuring or warming; a share of"
            + " %.1f%% for all else%n%n",
        wallNanos / NANOS_PER_SECOND,
        busy / NANOS_PER_SECOND,
        100 * (1 - busy / wallNanos));
  }

  /** A table that another command printed. */
  void table(final String markdown) {
    out.println(markdown);
  }

  /** What the table marks as read too late. */
  private static String late(final String notes) {
    final String marked =
        Arrays.stream(notes.split(";", -1))
            .filter(note -> note.endsWith(LATE))
            .map(note -> note.substring(0, note.length() - LATE.length()))
            .collect(Collectors.joining(", "));
    return marked.isEmpty() ? "nothing" : marked;
  }

  private static String quarters(final HeapLog heap) {
    final List<String> medians = new ArrayList<>();
    for (int i = 0; i < QUARTERS; i++) {
      final OptionalLong median =
          heap.medianMib((double) i / QUARTERS, (double) (i + 1) / QUARTERS);
      medians.add(median.isPresent() ? Long.toString(median.getAsLong()) : "-");
    }
    return String.join(", ", medians);
  }

  private void cells(final Map<String, String> row, final String... columns) {
    final StringBuilder line = new StringBuilder("|");
    for (final String column : columns) {
      line.append(' ').append(row.getOrDefault(column, "")).append(" |");
    }
    out.println(line);
  }
}
