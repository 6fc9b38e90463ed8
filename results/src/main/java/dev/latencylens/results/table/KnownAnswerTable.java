package dev.latencylens.results.table;

import dev.latencylens.results.run.SignedHistogram;
import dev.latencylens.results.stats.MedianInterval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * How far the client's readings are from the known answers, beside those of the floor: a row for
 * each way to stream. Client and floor are measured in turn, in pairs; a figure is the median of
 * the pairs, a ratio the median of the pairs' ratios with its interval. Not thread-safe.
 */
public final class KnownAnswerTable {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double P50 = 0.5;
  private static final double P99 = 0.99;

  private final Map<Way, List<Pair>> rows = new LinkedHashMap<>();

  /**
   * A way to stream.
   *
   * @param transport protocol, encryption and connections, in words
   * @param streams how many at a time
   * @param eventsPerSecond of each stream
   */
  public record Way(String transport, int streams, int eventsPerSecond) {}

  /**
   * What one reader of streams read.
   *
   * @param lost how many streams it did not read to their end
   * @param ttft time to first token less the true one, in nanoseconds
   * @param gap time between events less the true one, in nanoseconds
   * @param stamp each event's stamp less the time at which it was sent, in nanoseconds
   */
  public record Errors(int lost, SignedHistogram ttft, SignedHistogram gap, SignedHistogram stamp) {
    /** Nothing read yet. */
    public Errors(int lost) {
      this(lost, new SignedHistogram(), new SignedHistogram(), new SignedHistogram());
    }
  }

  private record Pair(Errors client, Errors floor) {}

  /**
   * Adds a pair.
   *
   * @param way how both streamed; over plain HTTP/1.1, in the floor's case
   * @param client what the client read
   * @param floor what the floor read right before or after it
   */
  public void add(Way way, Errors client, Errors floor) {
    rows.computeIfAbsent(way, unused -> new ArrayList<>()).add(new Pair(client, floor));
  }

  /**
   * How many streams were not read to their end, by either reader.
   *
   * @return 0 or more
   */
  public int lost() {
    return rows.values().stream()
        .flatMap(List::stream)
        .mapToInt(pair -> pair.client().lost() + pair.floor().lost())
        .sum();
  }

  /**
   * The table.
   *
   * @return Markdown
   */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(
            "| transport | streams | events/s each | lost | ttft error p50, p99 ms | gap error p50,"
                + " p99 ms | stamp error p50, p99 ms | floor's p50, p99 ms | ratio p50 | ratio p99"
                + " |\n")
        .append("|:--|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    rows.forEach(
        (way, pairs) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %s | %s | %s | %s | %s | %s |%n",
                    way.transport(),
                    way.streams(),
                    way.eventsPerSecond(),
                    pairs.stream().mapToInt(pair -> pair.client().lost()).sum(),
                    both(pairs, pair -> pair.client().ttft()),
                    both(pairs, pair -> pair.client().gap()),
                    both(pairs, pair -> pair.client().stamp()),
                    both(pairs, pair -> pair.floor().stamp()),
                    ratio(pairs, P50),
                    ratio(pairs, P99))));
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  private static String both(List<Pair> pairs, Function<Pair, SignedHistogram> which) {
    return millis(pairs, which, P50) + ", " + millis(pairs, which, P99);
  }

  private static String millis(
      List<Pair> pairs, Function<Pair, SignedHistogram> which, double quantile) {
    MedianInterval median =
        interval(pairs, pair -> which.apply(pair).valueAtQuantile(quantile) / NANOS_PER_MILLI);
    return String.format(Locale.ROOT, "%.3f", median.median());
  }

  private static String ratio(List<Pair> pairs, double quantile) {
    MedianInterval ratio =
        interval(
            pairs,
            pair ->
                (double) pair.client().stamp().valueAtQuantile(quantile)
                    / pair.floor().stamp().valueAtQuantile(quantile));
    return String.format(Locale.ROOT, "%.2f", ratio.median())
        + (ratio.low().isPresent()
            ? String.format(
                Locale.ROOT, " [%.2f, %.2f]", ratio.low().getAsDouble(), ratio.high().getAsDouble())
            : "");
  }

  private static MedianInterval interval(List<Pair> pairs, ToDoubleFunction<Pair> figure) {
    return MedianInterval.of(pairs.stream().mapToDouble(figure).toArray());
  }
}
