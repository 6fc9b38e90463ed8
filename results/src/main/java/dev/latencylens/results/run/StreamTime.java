package dev.latencylens.results.run;

import java.util.Locale;

/**
 * The times of a stream, all in whole nanoseconds. The first three are absolute stamps of {@link
 * System#nanoTime()}, the others durations, from the actual start unless it says otherwise. Each is
 * absent where the stream never came so far.
 */
public enum StreamTime {
  /** Absolute: when the load schedule wanted the stream to start. */
  INTENDED_START,
  /** Absolute: when the limiter let it go. */
  RELEASE,
  /** Absolute: just before the first request byte was handed to the connection. */
  ACTUAL_START,
  /** Release less intended start. */
  QUEUE,
  /** Actual start less release less connection set-up: the wait for a pooled connection. */
  LEASE,
  /** Time to resolve the name, for a stream that opened its connection. */
  DNS,
  /** Time of the TCP handshake, for a stream that opened its connection. */
  CONNECT,
  /** Time of the TLS handshake, for a stream that opened its connection. */
  TLS,
  /** First byte of the response's body. */
  TTFB,
  /** First event with generated content of any kind. */
  TTFT,
  /** First event with answer text, reasoning excluded. */
  TTFAT,
  /** End of the last content event. */
  E2E,
  /** End of the stream, however it ended. */
  TOTAL,
  /** The longest time between two reads that carried content. */
  MAX_GAP,
  /** First content, from the intended start. */
  RESPONSE_TTFT,
  /** Last content, from the intended start. */
  RESPONSE_E2E,
  /** The deadline that cut the stream off, for a timeout only. */
  LIMIT,
  /** The whole time that the service says it spent on the request. */
  SERVER,
  /** The time that the server says it spent on loading the model. */
  SERVER_LOAD,
  /** The time that the server says it spent on reading the prompt. */
  SERVER_PROMPT,
  /** The time that the server says it spent on generating the answer. */
  SERVER_OUTPUT;

  private final String field = name().toLowerCase(Locale.ROOT) + "_ns";

  /**
   * The name of the JSON field.
   *
   * @return such as {@code ttft_ns}
   */
  public String field() {
    return field;
  }
}
