package dev.latencylens.benchmarks.doctor;

import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.timeline.StreamMetrics;
import dev.latencylens.harness.transport.EndpointLook;
import dev.latencylens.harness.transport.ServerClock;
import dev.latencylens.results.table.Decimal;
import dev.latencylens.results.table.OutcomeHints;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was found out about one target.
 *
 * @param name the target's name
 * @param key of its key
 * @param look of the way to it
 * @param sent the one stream that was asked for, if any was
 * @param madeForThisRun whether its certificate is the simulator's, which need not last
 * @param now when that was
 */
record TargetReport(
    String name,
    Finding key,
    EndpointLook look,
    Optional<StreamRecord> sent,
    boolean madeForThisRun,
    Instant now) {
  static final String NONE = "–";

  /** Time to renew a certificate. */
  private static final Duration SOON = Duration.ofDays(14);

  private static final Duration ODD_CLOCK = Duration.ofSeconds(5);

  /** Beyond five minutes AWS refuses signatures, and identity services tokens. */
  private static final Duration WRONG_CLOCK = Duration.ofMinutes(4);

  private static final double NANOS_PER_MILLI = 1e6;

  /** All that is worth a line below the table. */
  List<Finding> findings() {
    final List<Finding> findings = new ArrayList<>();
    findings.add(key);
    if (look.outcome() != Outcome.COMPLETE) {
      findings.add(failure("connection", look.outcome(), look.detail()));
    }
    look.certificateEnd()
        .filter(end -> !madeForThisRun)
        .filter(end -> end.isBefore(now.plus(SOON)))
        .ifPresent(
            end ->
                findings.add(
                    new Finding(
                        State.LOOK,
                        "certificate",
                        "it, or one above it, ends on " + end,
                        "have it renewed: after that no stream gets through")));
    look.clock().ifPresent(clock -> clock(clock, findings));
    sent.filter(record -> record.outcome() != Outcome.COMPLETE)
        .ifPresent(record -> findings.add(failure("stream", record.outcome(), record.detail())));
    return findings;
  }

  private Finding failure(final String what, final Outcome outcome, final Optional<String> detail) {
    return new Finding(
        State.FAIL,
        what,
        outcome.wireName() + detail.map(said -> ": " + said).orElse(""),
        OutcomeHints.of(outcome.wireName()).orElse(""));
  }

  private void clock(final ServerClock clock, final List<Finding> findings) {
    if (clock.isOffBy(ODD_CLOCK)) {
      final boolean wrong = clock.isOffBy(WRONG_CLOCK);
      findings.add(
          new Finding(
              wrong ? State.FAIL : State.LOOK,
              "clock",
              "the server's is "
                  + offset(clock)
                  + (clock.ahead().isNegative() ? " behind this one's" : " ahead of this one's"),
              "no time that is measured depends on it, but "
                  + (wrong ? "signatures and tokens are refused" : "the audit log's dates do")
                  + ": set this machine's clock, as with NTP"));
    }
  }

  private static String signed(final ServerClock clock) {
    final String seconds = Decimal.fixed(clock.ahead().toMillis() / 1e3, 1);
    return seconds.startsWith("-") ? seconds : "+" + seconds;
  }

  private static String offset(final ServerClock clock) {
    return Decimal.fixed(clock.ahead().abs().toMillis() / 1e3, 1) + " s";
  }

  /** The headings of the columns, in the order of {@link #cells(boolean)}. */
  static List<String> headings(final boolean withStream) {
    final List<String> headings =
        new ArrayList<>(
            List.of("target", "key", "dns", "connect", "tls", "http", "cert days", "clock s"));
    if (withStream) {
      headings.addAll(List.of("stream", "ttft"));
    }
    return headings;
  }

  /** Its row; raw, not yet safe to print. */
  List<String> cells(final boolean withStream) {
    final List<String> cells = new ArrayList<>();
    cells.add(name);
    cells.add(key.state() == State.PASS ? "ok" : "FAIL");
    cells.add(millis(look.connection().dnsNanos()));
    cells.add(millis(look.connection().connectNanos()));
    cells.add(millis(look.connection().tlsNanos()));
    cells.add(
        look.outcome() == Outcome.COMPLETE
            ? look.connection().httpVersion().replace("HTTP/", "")
            : "FAIL");
    cells.add(
        look.certificateEnd()
            .map(end -> Long.toString(Duration.between(now, end).toDays()))
            .orElse(NONE));
    cells.add(look.clock().map(TargetReport::signed).orElse(NONE));
    if (withStream) {
      cells.add(sent.map(record -> record.outcome().wireName()).orElse(NONE));
      cells.add(
          millis(
              sent.map(StreamMetrics::of).map(StreamMetrics::ttft).orElse(OptionalLong.empty())));
    }
    return cells;
  }

  private static String millis(final OptionalLong nanos) {
    return nanos.isEmpty() ? NONE : Decimal.threeDigits(nanos.getAsLong() / NANOS_PER_MILLI);
  }
}
