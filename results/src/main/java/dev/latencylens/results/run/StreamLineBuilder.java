package dev.latencylens.results.run;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link StreamLine} together. What is not set is absent; setting an empty optional leaves
 * it absent. Not safe for use by several threads.
 */
// Arrays by ordinal, never stored: maps would box each of a million streams' values.
@SuppressWarnings("EnumOrdinal")
public final class StreamLineBuilder {
  static final long ABSENT = Long.MIN_VALUE;
  static final int NO_STATUS = -1;

  private final int round;
  private final String cell;
  private final String stream;
  private final String outcome;
  int httpStatus = NO_STATUS;
  double tpotNanos = Double.NaN;
  boolean tokensEstimated;
  @Nullable String gaps;
  List<LongGap> longestGaps = List.of();
  Map<String, String> rateLimits = Map.of();
  final long[] times = new long[StreamTime.values().length];
  final long[] counts = new long[StreamCount.values().length];
  final @Nullable String[] texts = new @Nullable String[StreamText.values().length];

  StreamLineBuilder(int round, String cell, String stream, String outcome) {
    this.round = round;
    this.cell = cell;
    this.stream = stream;
    this.outcome = outcome;
    Arrays.fill(times, ABSENT);
    Arrays.fill(counts, ABSENT);
  }

  /**
   * Sets a time.
   *
   * @param time which
   * @param nanos nanoseconds
   * @return this builder
   */
  public StreamLineBuilder time(StreamTime time, long nanos) {
    times[time.ordinal()] = nanos;
    return this;
  }

  /**
   * Sets a time, if there is one.
   *
   * @param time which
   * @param nanos nanoseconds, or empty
   * @return this builder
   */
  public StreamLineBuilder time(StreamTime time, OptionalLong nanos) {
    return nanos.isPresent() ? time(time, nanos.getAsLong()) : this;
  }

  /**
   * Sets a count.
   *
   * @param which which
   * @param count the count
   * @return this builder
   */
  public StreamLineBuilder count(StreamCount which, long count) {
    counts[which.ordinal()] = count;
    return this;
  }

  /**
   * Sets a count, if there is one.
   *
   * @param which which
   * @param count the count, or empty
   * @return this builder
   */
  public StreamLineBuilder count(StreamCount which, OptionalLong count) {
    return count.isPresent() ? count(which, count.getAsLong()) : this;
  }

  /**
   * Sets a text.
   *
   * @param which which
   * @param text the text; free of secrets
   * @return this builder
   */
  public StreamLineBuilder text(StreamText which, String text) {
    texts[which.ordinal()] = text;
    return this;
  }

  /**
   * Sets a text, if there is one.
   *
   * @param which which
   * @param text the text, free of secrets, or empty
   * @return this builder
   */
  public StreamLineBuilder text(StreamText which, Optional<String> text) {
    text.ifPresent(present -> texts[which.ordinal()] = present);
    return this;
  }

  /**
   * Sets the response's status.
   *
   * @param status the status, or empty where there was no response
   * @return this builder
   */
  public StreamLineBuilder httpStatus(OptionalInt status) {
    httpStatus = status.orElse(NO_STATUS);
    return this;
  }

  /**
   * Sets the time per output token.
   *
   * @param nanos nanoseconds, or empty where it can't be known
   * @return this builder
   */
  public StreamLineBuilder tpotNanos(OptionalDouble nanos) {
    tpotNanos = nanos.orElse(Double.NaN);
    return this;
  }

  /**
   * Says whether the token counts are an estimate.
   *
   * @param estimated true where the provider reported none
   * @return this builder
   */
  public StreamLineBuilder tokensEstimated(boolean estimated) {
    tokensEstimated = estimated;
    return this;
  }

  /**
   * Sets the stream's gaps.
   *
   * @param histogram the gaps in nanoseconds; an empty histogram leaves them absent
   * @return this builder
   */
  public StreamLineBuilder gaps(AbstractHistogram histogram) {
    return histogram.getTotalCount() == 0 ? this : encodedGaps(EncodedGaps.encode(histogram));
  }

  /**
   * Sets the places of the stream's longest gaps.
   *
   * @param longest the longest first; what goes beyond {@value LongGap#MOST} is left out
   * @return this builder
   */
  public StreamLineBuilder longestGaps(List<LongGap> longest) {
    longestGaps = List.copyOf(longest.subList(0, Math.min(LongGap.MOST, longest.size())));
    return this;
  }

  /**
   * Sets what the service's headers said of its rate limits.
   *
   * @param headers values by the headers' names; free of secrets
   * @return this builder
   */
  public StreamLineBuilder rateLimits(Map<String, String> headers) {
    rateLimits = Map.copyOf(headers);
    return this;
  }

  StreamLineBuilder encodedGaps(String encoded) {
    gaps = encoded;
    return this;
  }

  /** Makes a line with what every line must have, for a reader that learns it last. */
  StreamLine build(int ofRound, String ofCell, String id, String ended) {
    return new StreamLine(ofRound, ofCell, id, ended, this);
  }

  /**
   * Makes the line.
   *
   * @return the line; later changes to the builder don't touch it
   */
  public StreamLine build() {
    return new StreamLine(round, cell, stream, outcome, this);
  }
}
