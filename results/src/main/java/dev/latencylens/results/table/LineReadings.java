package dev.latencylens.results.table;

import dev.latencylens.results.run.StreamCount;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamText;
import dev.latencylens.results.run.StreamTime;
import java.util.OptionalLong;

/** What one stream says of each metric that it has one reading of. Stateless. */
final class LineReadings {
  private static final String IDLE = "timeout_idle";
  private static final String TIMEOUT = "timeout_";

  private LineReadings() {}

  /** Hands on what a line says; calls nothing for a metric of which it says nothing. */
  static void of(StreamLine line, ReadingSink to) {
    boolean complete = line.isComplete();
    OptionalLong limit = limit(line);
    hand(to, Metric.TTFT, line.time(StreamTime.TTFT), limit);
    hand(to, Metric.TTFAT, line.time(StreamTime.TTFAT), limit);
    // What a stream that broke off had until then is not its end: it would make failures look fast.
    hand(to, Metric.E2E, complete ? line.time(StreamTime.E2E) : OptionalLong.empty(), limit);
    double tokenNanos = line.tpotNanos().orElse(0);
    if (complete) {
      ofTokenTime(tokenNanos, to);
    }
    if (isOfUser(line)) {
      fromIntendedStart(line, complete, limit, to);
    }
  }

  /** Both metrics that the time of one token is. */
  static void ofTokenTime(double nanos, ReadingSink to) {
    if (nanos > 0) {
      to.reading(Metric.TPOT, nanos);
      to.reading(Metric.OUTPUT_TPS, 1e9 / nanos);
    }
  }

  /** Whether somebody waited for it from an intended start: that of a retry is no user's. */
  static boolean isOfUser(StreamLine line) {
    return !line.isRefused() && line.count(StreamCount.ATTEMPT).isEmpty();
  }

  private static void fromIntendedStart(
      StreamLine line, boolean complete, OptionalLong limit, ReadingSink to) {
    OptionalLong queued = line.time(StreamTime.QUEUE);
    queued.ifPresent(nanos -> to.reading(Metric.QUEUE, (double) nanos));
    if (line.text(StreamText.HELD_BY).isEmpty()) {
      queued.ifPresent(nanos -> to.reading(Metric.START_ERROR, (double) nanos));
    }
    OptionalLong responseLimit =
        limit.isEmpty() ? limit : OptionalLong.of(limit.getAsLong() + queued.orElse(0));
    hand(to, Metric.RESPONSE_TTFT, line.time(StreamTime.RESPONSE_TTFT), responseLimit);
    hand(
        to,
        Metric.RESPONSE_E2E,
        complete ? line.time(StreamTime.RESPONSE_E2E) : OptionalLong.empty(),
        responseLimit);
  }

  private static void hand(ReadingSink to, Metric metric, OptionalLong nanos, OptionalLong limit) {
    if (nanos.isPresent()) {
      to.reading(metric, (double) nanos.getAsLong());
    } else if (limit.isPresent()) {
      to.atLeast(metric, (double) limit.getAsLong());
    }
  }

  /** How long a stream that a deadline cut off had lasted at least. */
  private static OptionalLong limit(StreamLine line) {
    if (!line.outcome().startsWith(TIMEOUT)) {
      return OptionalLong.empty();
    }
    OptionalLong limit = line.time(StreamTime.LIMIT);
    OptionalLong total = line.time(StreamTime.TOTAL);
    // The idle deadline runs from the last byte, so the stream had lasted longer than that alone.
    if (limit.isEmpty() || (line.outcome().equals(IDLE) && total.isPresent())) {
      return OptionalLong.of(Math.max(limit.orElse(0), total.orElse(0)));
    }
    return limit;
  }
}
