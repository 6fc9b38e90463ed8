package dev.latencylens.results.run;

import java.util.OptionalLong;

/**
 * What a stream has to meet to count in {@code goodput}.
 *
 * @param ttftNanos the longest {@code response_ttft}, in nanoseconds
 * @param tpotNanos the longest {@code tpot}, in nanoseconds
 * @param share of the streams that must be good for a load to count as sustained, above 0 and up to
 *     1
 */
public record Objectives(OptionalLong ttftNanos, OptionalLong tpotNanos, double share) {

  /**
   * Whether a stream that is complete meets them.
   *
   * @param line the stream
   * @return false where a bound is exceeded, or what it bounds is not known
   */
  public boolean metBy(StreamLine line) {
    return within(ttftNanos, line.time(StreamTime.RESPONSE_TTFT))
        && (tpotNanos.isEmpty()
            || (line.tpotNanos().isPresent()
                && line.tpotNanos().getAsDouble() <= tpotNanos.getAsLong()));
  }

  private static boolean within(OptionalLong bound, OptionalLong value) {
    return bound.isEmpty() || (value.isPresent() && value.getAsLong() <= bound.getAsLong());
  }
}
