package dev.latencylens.harness.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.client5.http.utils.DateUtils;

/**
 * How far a server's clock is from this machine's, as roughly as its {@code Date} header tells,
 * which counts whole seconds (RFC 9110, section 6.6.1).
 *
 * @param ahead by how much the server's clock is ahead of this machine's; negative where it is
 *     behind
 * @param uncertainty the true difference is within this much of {@code ahead}
 */
public record ServerClock(Duration ahead, Duration uncertainty) {
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  /**
   * Compares two clocks.
   *
   * @param date the header's value
   * @param asked this machine's time before the request was sent
   * @param answered this machine's time after the answer was there
   * @return the difference; empty if the value is no date
   */
  static Optional<ServerClock> of(final String date, final Instant asked, final Instant answered) {
    final Instant stamped = DateUtils.parseStandardDate(date);
    if (stamped == null) {
      return Optional.empty();
    }
    // Stamped somewhere between question and answer, and cut off to the second.
    final Duration halfWay = Duration.between(asked, answered).dividedBy(2);
    return Optional.of(
        new ServerClock(
            Duration.between(asked.plus(halfWay), stamped.plus(HALF_A_SECOND)),
            HALF_A_SECOND.plus(halfWay)));
  }

  /**
   * Whether the clocks differ by more than the header's own coarseness can explain.
   *
   * @param tolerated what does no harm
   * @return true if the true difference is larger than that for certain
   */
  public boolean isOffBy(final Duration tolerated) {
    return ahead.abs().minus(uncertainty).compareTo(tolerated) > 0;
  }
}
