package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.stream.ConnectionPhases;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.timeline.StreamMetrics;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * The duration metrics that go into histograms and into JMH's result, by the names that stand in
 * every table. All values are nanoseconds.
 */
public enum StreamMetric {
  /** First byte of the body. */
  TTFB,
  /** First content of any kind. */
  TTFT,
  /** First answer text. */
  TTFAT,
  /** Times between consecutive reads that carried content: several values a stream. */
  GAP,
  /** The longest gap. */
  MAX_GAP,
  /** Time for each streamed token after the first. */
  TPOT,
  /** Last content. */
  E2E,
  /** End of the response. */
  TOTAL,
  /** Held back by a limit. */
  QUEUE,
  /** Waiting for a pooled connection. */
  LEASE,
  /** Resolving the host's name. */
  DNS,
  /** TCP handshake. */
  CONNECT,
  /** TLS handshake. */
  TLS,
  /** Sum of the connection phases, of streams that opened a connection. */
  SETUP,
  /** First content from the intended start. */
  RESPONSE_TTFT,
  /** Last content from the intended start. */
  RESPONSE_E2E;

  /**
   * The metric's name in files and tables.
   *
   * @return such as {@code ttft}
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether the metric goes into JMH's result too. JMH recomputes every percentile of every label
   * for each label that it writes, so the list is kept to what tables show; the histogram logs hold
   * them all.
   */
  boolean shownByJmh() {
    return switch (this) {
      case TTFB, TTFT, TTFAT, GAP, MAX_GAP, TPOT, E2E, TOTAL -> true;
      default -> false;
    };
  }

  /**
   * Passes on the values that a stream has of this metric.
   *
   * @param record the stream
   * @param attempt which attempt it was, from 1: only the first one has an intended start
   * @param metrics its metrics
   * @param to takes each value, in nanoseconds; called not at all where the stream has none
   */
  public void read(
      final StreamRecord record,
      final int attempt,
      final StreamMetrics metrics,
      final LongConsumer to) {
    if (attempt > 1 && (this == QUEUE || this == RESPONSE_TTFT || this == RESPONSE_E2E)) {
      return;
    }
    final ConnectionPhases connection = record.connection();
    switch (this) {
      case TTFB -> metrics.ttfb().ifPresent(to);
      case TTFT -> metrics.ttft().ifPresent(to);
      case TTFAT -> metrics.ttfat().ifPresent(to);
      case GAP -> Arrays.stream(record.content().gaps()).forEach(to);
      case MAX_GAP -> metrics.maxGap().ifPresent(to);
      case TPOT -> metrics.tpot().ifPresent(nanos -> to.accept(Math.round(nanos)));
      case E2E -> metrics.e2e().ifPresent(to);
      case TOTAL -> to.accept(metrics.total());
      case QUEUE -> to.accept(metrics.queue());
      case LEASE -> metrics.lease().ifPresent(to);
      case DNS -> connection.dnsNanos().ifPresent(to);
      case CONNECT -> connection.connectNanos().ifPresent(to);
      case TLS -> connection.tlsNanos().ifPresent(to);
      case SETUP -> {
        if (connection.cold()) {
          to.accept(connection.setupNanos());
        }
      }
      case RESPONSE_TTFT -> metrics.responseTtft().ifPresent(to);
      case RESPONSE_E2E -> metrics.responseE2e().ifPresent(to);
    }
  }
}
