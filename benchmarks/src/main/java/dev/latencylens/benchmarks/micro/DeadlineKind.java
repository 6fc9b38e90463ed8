package dev.latencylens.benchmarks.micro;

import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import java.time.Duration;
import java.util.Locale;

/** One of the five deadlines, and a service that lets just this one pass. */
public enum DeadlineKind {
  /** No TLS handshake begins. */
  CONNECT(Outcome.TIMEOUT_CONNECT, "https", ""),
  /** No answer comes. */
  FIRST_BYTE(Outcome.TIMEOUT_FIRST_BYTE, "http", ""),
  /** The stream begins without content. */
  FIRST_TOKEN(Outcome.TIMEOUT_FIRST_TOKEN, "http", DeadlineKind.HEAD + ": nothing yet\n\n"),
  /** The stream stalls after its first content. */
  IDLE(Outcome.TIMEOUT_IDLE, "http", DeadlineKind.HEAD + DeadlineKind.EVENT),
  /** The stream does not end. */
  TOTAL(Outcome.TIMEOUT_TOTAL, "http", DeadlineKind.HEAD + DeadlineKind.EVENT);

  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
  private static final String EVENT =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n";
  private static final Duration NEVER = Duration.ofMinutes(10);

  private final Outcome outcome;
  private final String scheme;
  private final String words;

  DeadlineKind(final Outcome outcome, final String scheme, final String words) {
    this.outcome = outcome;
    this.scheme = scheme;
    this.words = words;
  }

  String scheme() {
    return scheme;
  }

  String words() {
    return words;
  }

  Deadlines deadlines(final Duration limit) {
    return new Deadlines(
        this == CONNECT ? limit : NEVER,
        this == FIRST_BYTE ? limit : NEVER,
        this == FIRST_TOKEN ? limit : NEVER,
        this == IDLE ? limit : NEVER,
        this == TOTAL ? limit : NEVER);
  }

  /**
   * How late the deadline fired.
   *
   * @throws IllegalStateException if the stream ended otherwise
   */
  long latenessNanos(final StreamRecord record, final Duration limit) {
    if (record.outcome() != outcome) {
      throw new IllegalStateException(
          "a stream that waits for " + wireName() + " ended as " + record.outcome().wireName());
    }
    final long from =
        switch (this) {
          case CONNECT -> record.release();
          case FIRST_BYTE, FIRST_TOKEN, TOTAL -> record.actualStart().orElseThrow();
          // The only event came with the last byte.
          case IDLE -> record.content().eventStamps()[0];
        };
    return record.end() - from - limit.toNanos();
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
