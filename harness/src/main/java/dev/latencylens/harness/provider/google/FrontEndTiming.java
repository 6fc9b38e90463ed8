package dev.latencylens.harness.provider.google;

import dev.latencylens.harness.provider.AttributeSink;
import dev.latencylens.harness.provider.ResponseHeaders;
import dev.latencylens.harness.stream.StreamAttribute;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Google's front end, which stands before all its services, says of the time behind it: {@code
 * server-timing: gfet4t7; dur=}, in milliseconds. It runs from the request's arrival there to the
 * first byte of the response (https://cloud.google.com/spanner/docs/latency-points, November 2026;
 * the Gemini API sends the header and does not document it). So for a stream it is the time until
 * the service began to answer, not until it ended.
 */
public final class FrontEndTiming {
  // A fraction of a nanosecond tells nothing.
  private static final Pattern TIME =
      Pattern.compile(
          "(?:^|,)\\s*gfet4t7\\s*;\\s*dur=([0-9]{1,9}(?:\\.[0-9]{1,6})?)\\s*(?:[,;]|$)");

  private static final int MILLIS_TO_NANOS_DIGITS = 6;

  private FrontEndTiming() {}

  /**
   * Reports the time as {@link StreamAttribute#SERVER_NANOS}, where it is given.
   *
   * @param headers the response's headers
   * @param found is told
   */
  public static void report(final ResponseHeaders headers, final AttributeSink found) {
    final Optional<Matcher> time =
        headers.first("server-timing").map(TIME::matcher).filter(Matcher::find);
    if (time.isPresent()) {
      final BigDecimal millis = new BigDecimal(time.get().group(1));
      found.attribute(
          StreamAttribute.SERVER_NANOS,
          millis.movePointRight(MILLIS_TO_NANOS_DIGITS).toBigIntegerExact().toString());
    }
  }
}
