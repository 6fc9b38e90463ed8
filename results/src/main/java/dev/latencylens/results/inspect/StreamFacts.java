package dev.latencylens.results.inspect;

import dev.latencylens.results.run.EncodedGaps;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.run.StreamCount;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamText;
import dev.latencylens.results.run.StreamTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;

/** All that a line says of one stream and no table has room for, in sentences. Stateless. */
final class StreamFacts {
  private static final List<StreamTime> PHASES =
      List.of(StreamTime.DNS, StreamTime.CONNECT, StreamTime.TLS);
  private static final List<StreamTime> OTHERS =
      List.of(
          StreamTime.TTFAT,
          StreamTime.RESPONSE_TTFT,
          StreamTime.RESPONSE_E2E,
          StreamTime.LIMIT,
          StreamTime.SERVER,
          StreamTime.SERVER_LOAD,
          StreamTime.SERVER_PROMPT,
          StreamTime.SERVER_OUTPUT);
  private static final List<StreamCount> TOKENS =
      List.of(
          StreamCount.INPUT_TOKENS,
          StreamCount.CACHED_INPUT_TOKENS,
          StreamCount.OUTPUT_TOKENS,
          StreamCount.REASONING_TOKENS,
          StreamCount.STREAMED_TOKENS,
          StreamCount.CHARACTERS,
          StreamCount.ATTEMPT);
  private static final List<StreamText> WORDS =
      List.of(
          StreamText.HTTP_VERSION,
          StreamText.HELD_BY,
          StreamText.FINISH_REASON,
          StreamText.SERVER_MODEL,
          StreamText.REGION,
          StreamText.SERVICE_TIER,
          StreamText.REQUEST_ID,
          StreamText.RESPONSE_ID);

  private StreamFacts() {}

  /** Sentences without full stops; raw, not yet safe to print. */
  static List<String> of(StreamLine line) {
    List<String> facts = new ArrayList<>();
    add(facts, "connection", times(line, PHASES));
    add(facts, "also", times(line, OTHERS));
    gaps(line).ifPresent(facts::add);
    List<String> counts = new ArrayList<>();
    for (StreamCount count : TOKENS) {
      line.count(count).ifPresent(value -> counts.add(count.field() + " " + value));
    }
    if (line.tokensEstimated()) {
      counts.add("estimated");
    }
    add(facts, "counts", counts);
    List<String> words = new ArrayList<>();
    line.httpStatus().ifPresent(status -> words.add("http_status " + status));
    for (StreamText text : WORDS) {
      line.text(text).ifPresent(value -> words.add(text.field() + " " + value));
    }
    add(facts, "service", words);
    return facts;
  }

  private static List<String> times(StreamLine line, List<StreamTime> times) {
    List<String> known = new ArrayList<>();
    for (StreamTime time : times) {
      OptionalLong nanos = line.time(time);
      if (nanos.isPresent()) {
        known.add(time.field().replace("_ns", "") + " " + StreamColumn.millis(nanos));
      }
    }
    return known;
  }

  private static Optional<String> gaps(StreamLine line) {
    if (line.gaps().isEmpty()) {
      return Optional.empty();
    }
    try {
      Histogram gaps = EncodedGaps.decode(line.gaps().get());
      return Optional.of(
          String.format(
              Locale.ROOT,
              "gaps: %d, p50 %s, max %s",
              gaps.getTotalCount(),
              StreamColumn.millis(OptionalLong.of(gaps.getValueAtPercentile(50))),
              StreamColumn.millis(OptionalLong.of(gaps.getMaxValue()))));
    } catch (RunFormatException e) {
      return Optional.of("gaps: can't be read, as their histogram is damaged");
    }
  }

  private static void add(List<String> facts, String what, List<String> parts) {
    if (!parts.isEmpty()) {
      facts.add(what + ": " + String.join(", ", parts));
    }
  }
}
