package dev.latencylens.results.run;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a run: one line of {@code streams.jsonl}. Immutable, and lean enough to read a
 * million of. Made with {@link #builder}.
 */
// Arrays by ordinal, never stored: maps would box each of a million streams' values.
@SuppressWarnings("EnumOrdinal")
public final class StreamLine {
  private final int round;
  private final String cell;
  private final String stream;
  private final String outcome;
  private final int httpStatus;
  private final double tpotNanos;
  private final boolean tokensEstimated;
  private final @Nullable String gaps;
  private final List<LongGap> longestGaps;
  private final Map<String, String> rateLimits;
  private final long[] times;
  private final long[] counts;
  private final @Nullable String[] texts;

  StreamLine(int round, String cell, String stream, String outcome, StreamLineBuilder from) {
    this.round = round;
    this.cell = cell;
    this.stream = stream;
    this.outcome = outcome;
    httpStatus = from.httpStatus;
    tpotNanos = from.tpotNanos;
    tokensEstimated = from.tokensEstimated;
    gaps = from.gaps;
    longestGaps = from.longestGaps;
    rateLimits = from.rateLimits;
    times = from.times.clone();
    counts = from.counts.clone();
    texts = from.texts.clone();
  }

  private StreamLine(int round, String cell, String stream, StreamLine from) {
    this.round = round;
    this.cell = cell;
    this.stream = stream;
    outcome = from.outcome;
    httpStatus = from.httpStatus;
    tpotNanos = from.tpotNanos;
    tokensEstimated = from.tokensEstimated;
    gaps = from.gaps;
    longestGaps = from.longestGaps;
    rateLimits = from.rateLimits;
    times = from.times;
    counts = from.counts;
    texts = from.texts;
  }

  /**
   * The same stream as a line of another round.
   *
   * @param newRound the round's number
   * @param newCell the cell's id
   * @param newStream the stream's id
   * @return a copy
   */
  public StreamLine in(int newRound, String newCell, String newStream) {
    return new StreamLine(newRound, newCell, newStream, this);
  }

  /**
   * Starts a line.
   *
   * @param round the round's number in the plan
   * @param cell the cell's id
   * @param stream the stream's id within the run
   * @param outcome the outcome's name, such as {@code complete}
   * @return a builder, in which all else is absent
   */
  public static StreamLineBuilder builder(int round, String cell, String stream, String outcome) {
    return new StreamLineBuilder(round, cell, stream, outcome);
  }

  /**
   * The round's number in the plan.
   *
   * @return 1 or more
   */
  public int round() {
    return round;
  }

  /**
   * The cell's id.
   *
   * @return such as {@code c001}
   */
  public String cell() {
    return cell;
  }

  /**
   * The stream's id within the run.
   *
   * @return any text
   */
  public String stream() {
    return stream;
  }

  /**
   * The outcome's name.
   *
   * @return such as {@code timeout_idle}
   */
  public String outcome() {
    return outcome;
  }

  /**
   * Whether the stream ended properly.
   *
   * @return true for {@code complete} alone
   */
  public boolean isComplete() {
    return outcome.equals("complete");
  }

  /**
   * Whether a budget or the configuration forbade the stream, so that it never started.
   *
   * @return true for {@code refused_by_limit} alone
   */
  public boolean isRefused() {
    return outcome.equals("refused_by_limit");
  }

  /**
   * The response's status.
   *
   * @return the status, or empty where there was no response
   */
  public OptionalInt httpStatus() {
    return httpStatus == StreamLineBuilder.NO_STATUS
        ? OptionalInt.empty()
        : OptionalInt.of(httpStatus);
  }

  /**
   * One of the stream's times.
   *
   * @param time which
   * @return nanoseconds, or empty where the stream has none
   */
  public OptionalLong time(StreamTime time) {
    long value = times[time.ordinal()];
    return value == StreamLineBuilder.ABSENT ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /**
   * One of the stream's counts.
   *
   * @param count which
   * @return the count, or empty where it is not known
   */
  public OptionalLong count(StreamCount count) {
    long value = counts[count.ordinal()];
    return value == StreamLineBuilder.ABSENT ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /**
   * One of the stream's texts.
   *
   * @param text which
   * @return the text, or empty where there is none
   */
  public Optional<String> text(StreamText text) {
    return Optional.ofNullable(texts[text.ordinal()]);
  }

  /**
   * Time per output token: last less first content over streamed tokens less one.
   *
   * @return nanoseconds with a fraction, or empty where it can't be known
   */
  public OptionalDouble tpotNanos() {
    return Double.isNaN(tpotNanos) ? OptionalDouble.empty() : OptionalDouble.of(tpotNanos);
  }

  /**
   * Whether the token counts are an estimate, as the provider reported none.
   *
   * @return true for an estimate
   */
  public boolean tokensEstimated() {
    return tokensEstimated;
  }

  /**
   * The stream's gaps, as an HdrHistogram in its V2 compressed encoding, in Base64; {@link
   * EncodedGaps} reads it.
   *
   * @return the encoded histogram, or empty for a stream without gaps
   */
  public Optional<String> gaps() {
    return Optional.ofNullable(gaps);
  }

  /**
   * The stream's longest gaps with their places.
   *
   * @return {@value LongGap#MOST} at most, the longest first; none for a stream without gaps, and
   *     for one of a run that did not record them
   */
  public List<LongGap> longestGaps() {
    return longestGaps;
  }

  /**
   * What the service's headers said of its rate limits.
   *
   * @return values by the headers' names in lower case; none where it said nothing
   */
  public Map<String, String> rateLimits() {
    return rateLimits;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StreamLine that
        && round == that.round
        && httpStatus == that.httpStatus
        && Double.compare(tpotNanos, that.tpotNanos) == 0
        && tokensEstimated == that.tokensEstimated
        && cell.equals(that.cell)
        && stream.equals(that.stream)
        && outcome.equals(that.outcome)
        && Objects.equals(gaps, that.gaps)
        && longestGaps.equals(that.longestGaps)
        && rateLimits.equals(that.rateLimits)
        && Arrays.equals(times, that.times)
        && Arrays.equals(counts, that.counts)
        && Arrays.equals(texts, that.texts);
  }

  @Override
  public int hashCode() {
    return Objects.hash(round, cell, stream, outcome, Arrays.hashCode(times));
  }

  @Override
  public String toString() {
    return "stream " + stream + " of round " + round + ", " + cell + ": " + outcome;
  }
}
