package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.config.ModelPrice;
import dev.latencylens.harness.stream.Answer;
import dev.latencylens.harness.stream.Content;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.Usage;
import dev.latencylens.harness.timeline.StreamMetrics;
import dev.latencylens.results.run.StreamCount;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamLineBuilder;
import dev.latencylens.results.run.StreamText;
import dev.latencylens.results.run.StreamTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;

/** Translates what the harness recorded into the run directory's line for a stream. */
final class StreamLines {
  private static final int GAP_DIGITS = 3;

  private StreamLines() {}

  static StreamLine of(
      final int round,
      final String cell,
      final StreamRecord record,
      final int attempt,
      final StreamMetrics metrics,
      final Optional<ModelPrice> price) {
    final StreamLineBuilder line =
        StreamLine.builder(round, cell, record.requestId(), record.outcome().wireName())
            .httpStatus(record.httpStatus())
            .tpotNanos(metrics.tpot());
    times(line, record, metrics);
    counts(line, record);
    line.count(StreamCount.COST_PICO_USD, StreamCost.of(record, price));
    texts(line, record);
    if (attempt > 1) {
      // No user's start was intended then: what they waited is the story of all attempts.
      line.count(StreamCount.ATTEMPT, attempt)
          .time(StreamTime.RESPONSE_TTFT, OptionalLong.empty())
          .time(StreamTime.RESPONSE_E2E, OptionalLong.empty());
    }
    final long[] gaps = record.content().gaps();
    if (gaps.length > 0) {
      final Histogram histogram = new Histogram(GAP_DIGITS);
      for (final long gap : gaps) {
        histogram.recordValue(gap);
      }
      line.gaps(histogram).longestGaps(LongestGaps.of(record));
    }
    return line.build();
  }

  private static void times(
      final StreamLineBuilder line, final StreamRecord record, final StreamMetrics metrics) {
    line.time(StreamTime.INTENDED_START, record.intendedStart())
        .time(StreamTime.RELEASE, record.release())
        .time(StreamTime.ACTUAL_START, record.actualStart())
        .time(StreamTime.QUEUE, metrics.queue())
        .time(StreamTime.LEASE, metrics.lease())
        .time(StreamTime.DNS, record.connection().dnsNanos())
        .time(StreamTime.CONNECT, record.connection().connectNanos())
        .time(StreamTime.TLS, record.connection().tlsNanos())
        .time(StreamTime.TTFB, metrics.ttfb())
        .time(StreamTime.TTFT, metrics.ttft())
        .time(StreamTime.TTFAT, metrics.ttfat())
        .time(StreamTime.E2E, metrics.e2e())
        .time(StreamTime.TOTAL, metrics.total())
        .time(StreamTime.MAX_GAP, metrics.maxGap())
        .time(StreamTime.RESPONSE_TTFT, metrics.responseTtft())
        .time(StreamTime.RESPONSE_E2E, metrics.responseE2e())
        .time(StreamTime.LIMIT, record.limitNanos())
        .time(StreamTime.SERVER, StreamCost.number(record, StreamAttribute.SERVER_NANOS))
        .time(StreamTime.SERVER_LOAD, StreamCost.number(record, StreamAttribute.SERVER_LOAD_NANOS))
        .time(
            StreamTime.SERVER_PROMPT,
            StreamCost.number(record, StreamAttribute.SERVER_PROMPT_NANOS))
        .time(
            StreamTime.SERVER_OUTPUT,
            StreamCost.number(record, StreamAttribute.SERVER_OUTPUT_NANOS));
  }

  private static void counts(final StreamLineBuilder line, final StreamRecord record) {
    final Content content = record.content();
    final Usage usage = record.usage();
    line.count(StreamCount.CONTENT_EVENTS, content.events())
        .count(StreamCount.CONTENT_READS, content.reads())
        .count(StreamCount.COALESCED_EVENTS, content.coalesced())
        .count(StreamCount.CHARACTERS, content.characters())
        .count(StreamCount.INPUT_TOKENS, usage.inputTokens())
        .count(StreamCount.CACHED_INPUT_TOKENS, usage.cachedInputTokens())
        .count(StreamCount.CACHE_WRITE_TOKENS, usage.cacheWriteTokens())
        .count(StreamCount.OUTPUT_TOKENS, usage.outputTokens())
        .count(StreamCount.REASONING_TOKENS, usage.reasoningTokens())
        .count(StreamCount.STREAMED_TOKENS, usage.streamedTokens())
        .count(
            StreamCount.BILLED_INPUT_TOKENS,
            StreamCost.number(record, StreamAttribute.BILLED_INPUT_TOKENS))
        .count(
            StreamCount.BILLED_OUTPUT_TOKENS,
            StreamCost.number(record, StreamAttribute.BILLED_OUTPUT_TOKENS));
  }

  private static void texts(final StreamLineBuilder line, final StreamRecord record) {
    final String version = record.connection().httpVersion();
    line.text(StreamText.HTTP_VERSION, version.isEmpty() ? Optional.empty() : Optional.of(version))
        .text(StreamText.RESPONSE_ID, attribute(record, StreamAttribute.RESPONSE_ID))
        .text(StreamText.SERVER_MODEL, attribute(record, StreamAttribute.MODEL))
        .text(StreamText.SYSTEM_FINGERPRINT, attribute(record, StreamAttribute.SYSTEM_FINGERPRINT))
        .text(StreamText.SERVICE_TIER, attribute(record, StreamAttribute.SERVICE_TIER))
        .text(StreamText.REGION, attribute(record, StreamAttribute.REGION))
        .text(StreamText.REQUEST_ID, record.serverRequestId())
        .text(StreamText.FINISH_REASON, record.finishReason())
        .text(StreamText.ANSWER_SHA256, record.answer().map(Answer::sha256))
        .text(StreamText.HELD_BY, record.heldBy())
        .text(StreamText.ERROR, record.detail())
        .rateLimits(rateLimits(record));
    if (record.actualStart().isPresent()) {
      line.text(StreamText.CONNECTION, record.connection().cold() ? "cold" : "warm");
    }
  }

  /** Without the response's date, which is there for whoever reads the limits: it is none. */
  private static Map<String, String> rateLimits(final StreamRecord record) {
    final Map<String, String> limits = new HashMap<>(record.rateLimits());
    limits.remove("date");
    return limits;
  }

  private static Optional<String> attribute(
      final StreamRecord record, final StreamAttribute attribute) {
    return Optional.ofNullable(record.attributes().get(attribute));
  }
}
