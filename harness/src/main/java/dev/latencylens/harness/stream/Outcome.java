package dev.latencylens.harness.stream;

import java.util.Locale;

/**
 * How a stream ended: a closed set. Every request that was planned gets exactly one; a failed
 * stream is a record too. All but {@link #REFUSED_BY_LIMIT} are started streams and count in
 * denominators.
 */
public enum Outcome {
  /** The body ended properly, with the provider's terminator or a finish reason. */
  COMPLETE,
  /** The body ended properly, but with neither terminator nor finish reason. */
  TRUNCATED,
  /** The connection was reset or closed before the body's end. */
  CONNECTION_LOST,
  /** The provider reported an error inside the stream. */
  PROVIDER_ERROR,
  /** A success status whose body is not a stream. */
  UNEXPECTED_RESPONSE,
  /** A redirect: not followed. */
  HTTP_3XX,
  /** Status 401 or 403; shown without the server's text. */
  AUTH_FAILED,
  /** Any other status from 400 to 499, except 429. */
  HTTP_4XX,
  /** Status 429. */
  RATE_LIMITED,
  /** Status 500 to 599. */
  HTTP_5XX,
  /** No connection: name not resolved, refused, unreachable. */
  CONNECT_FAILED,
  /** The TLS handshake failed, a certificate that is not trusted included. */
  TLS_FAILED,
  /** The connection was not there within the connect deadline. */
  TIMEOUT_CONNECT,
  /** No byte of the body within the first-byte deadline. */
  TIMEOUT_FIRST_BYTE,
  /** No content within the first-token deadline. */
  TIMEOUT_FIRST_TOKEN,
  /** No byte of the body for as long as the idle deadline. */
  TIMEOUT_IDLE,
  /** The stream was not over within the total deadline. */
  TIMEOUT_TOTAL,
  /** The body breaks its wire format where the meaning is not clear. */
  MALFORMED,
  /** The body, or one event of it, exceeds the configured size. */
  TOO_LARGE,
  /** Cancelled by the caller. */
  CANCELLED,
  /** Never sent: a budget or the configuration forbade it. */
  REFUSED_BY_LIMIT;

  /**
   * The name that stands in files and tables.
   *
   * @return the name in lower case with underscores, such as {@code timeout_idle}
   */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether a deadline cut the stream off, so that what it had not reached by then is a censored
   * reading.
   *
   * @return true for the five timeouts
   */
  public boolean isTimeout() {
    return switch (this) {
      case TIMEOUT_CONNECT, TIMEOUT_FIRST_BYTE, TIMEOUT_FIRST_TOKEN, TIMEOUT_IDLE, TIMEOUT_TOTAL ->
          true;
      default -> false;
    };
  }
}
