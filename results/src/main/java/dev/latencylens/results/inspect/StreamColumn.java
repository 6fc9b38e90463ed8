package dev.latencylens.results.inspect;

import dev.latencylens.results.run.StreamCount;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamText;
import dev.latencylens.results.run.StreamTime;
import dev.latencylens.results.table.Decimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * One column of the table of streams. Its heading is the metric's name.
 *
 * @param heading the heading
 * @param text what stands there for a stream; not yet safe to print
 */
record StreamColumn(String heading, Function<StreamLine, String> text) {
  /** What stands where a stream has no such thing. */
  static final String NONE = "–";

  private static final double NANOS_PER_MILLI = 1e6;
  private static final List<StreamTime> WAITS = List.of(StreamTime.QUEUE, StreamTime.LEASE);
  private static final List<StreamTime> READINGS =
      List.of(
          StreamTime.TTFB, StreamTime.TTFT, StreamTime.MAX_GAP, StreamTime.E2E, StreamTime.TOTAL);

  /** All columns, in the order in which a stream passes its phases. */
  static List<StreamColumn> all(Ranking ranking) {
    List<StreamColumn> columns = new ArrayList<>();
    columns.add(new StreamColumn("cell", StreamLine::cell));
    columns.add(new StreamColumn("round", line -> Integer.toString(line.round())));
    columns.add(new StreamColumn("outcome", StreamLine::outcome));
    columns.add(new StreamColumn("conn", line -> line.text(StreamText.CONNECTION).orElse(NONE)));
    WAITS.forEach(time -> columns.add(millis(time, ranking)));
    columns.add(new StreamColumn("setup", StreamColumn::setup));
    READINGS.forEach(time -> columns.add(millis(time, ranking)));
    columns.add(new StreamColumn("coalesced", StreamColumn::coalesced));
    return columns;
  }

  private static StreamColumn millis(StreamTime time, Ranking ranking) {
    String name = time.field().replace("_ns", "");
    return new StreamColumn(
        name,
        line ->
            name.equals(ranking.metric()) && ranking.isCensored(line)
                ? "≥ " + millis(line.time(StreamTime.TOTAL))
                : millis(line.time(time)));
  }

  /** Nanoseconds as milliseconds. */
  static String millis(OptionalLong nanos) {
    return nanos.isEmpty() ? NONE : Decimal.threeDigits(nanos.getAsLong() / NANOS_PER_MILLI);
  }

  /** The phases of a connection that this stream opened, summed up. */
  private static String setup(StreamLine line) {
    boolean opened =
        line.time(StreamTime.DNS).isPresent()
            || line.time(StreamTime.CONNECT).isPresent()
            || line.time(StreamTime.TLS).isPresent();
    return opened
        ? millis(
            OptionalLong.of(
                line.time(StreamTime.DNS).orElse(0)
                    + line.time(StreamTime.CONNECT).orElse(0)
                    + line.time(StreamTime.TLS).orElse(0)))
        : NONE;
  }

  private static String coalesced(StreamLine line) {
    OptionalLong events = line.count(StreamCount.CONTENT_EVENTS);
    OptionalLong coalesced = line.count(StreamCount.COALESCED_EVENTS);
    return events.isEmpty() || coalesced.isEmpty()
        ? NONE
        : coalesced.getAsLong() + "/" + events.getAsLong();
  }
}
