package dev.latencylens.results.page;

import dev.latencylens.results.run.ClockAnchor;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamLogReader;
import dev.latencylens.results.table.SummaryRow;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Each stream of the run as a bar from its intended start, or a sample of them where they are many.
 */
final class Timeline implements Section {
  /** What a browser draws at once and a person can still look at. */
  private static final int MOST_COMPLETE = 2_500;

  private static final int MOST_FAILED = 500;

  @Override
  public Optional<SectionContent> content(PageSource source) throws IOException {
    List<SummaryRow> rows = source.drawn();
    long failed = rows.stream().mapToLong(SummaryRow::errors).sum();
    long complete = rows.stream().mapToLong(SummaryRow::streams).sum() - failed;
    Sample sample = new Sample(every(complete, MOST_COMPLETE), every(failed, MOST_FAILED));
    Map<Integer, RoundSpan> rounds = new TreeMap<>();
    List<String> cells = rows.stream().map(row -> row.cell().id()).toList();
    try (StreamLogReader streams = source.run().readStreams(source.summary().usedRounds())) {
      for (Optional<StreamLine> next = streams.next(); next.isPresent(); next = streams.next()) {
        StreamLine line = next.get();
        Optional<StreamBar> bar = StreamBar.of(line);
        if (bar.isPresent()) {
          rounds.computeIfAbsent(line.round(), n -> new RoundSpan(line)).add(bar.get());
          if (cells.contains(line.cell())) {
            sample.offer(bar.get());
          }
        }
      }
    }
    if (sample.bars.isEmpty()) {
      return Optional.empty();
    }
    // Those who are left out may have been the first.
    long zero = rounds.values().stream().mapToLong(RoundSpan::startNanos).min().orElseThrow();
    List<Plot.Name> names =
        rows.stream().map(row -> new Plot.Name(row.cell().id(), source.name(row))).toList();
    return Optional.of(
        new SectionContent(
            "timeline",
            "Timeline of the run",
            lead(source, sample, complete + failed, zero),
            Optional.of(new TimelineLayout(cells, zero).plot(names, sample.bars)),
            List.of(
                TableContent.folded(
                    "Streams by round",
                    2,
                    RoundSpan.HEADINGS,
                    rounds.values().stream().map(round -> round.texts(zero)).toList()))));
  }

  private static List<String> lead(PageSource source, Sample sample, long all, long zero) {
    List<String> lead = new ArrayList<>();
    lead.add(
        "Each bar is a stream: its queue, its set-up (the wait for a connection and its opening),"
            + " the time to its first token, and its content. Bars that grow from left to right are"
            + " a drift, bars that grow together an outage. 0 s is "
            + wallTime(source.summary().manifest().clock(), zero)
            + ". The slider below, or the mouse wheel with the control key, zooms in.");
    if (sample.everyComplete > 1 || sample.everyFailed > 1) {
      lead.add(
          "Drawn is a sample of "
              + sample.bars.size()
              + " of "
              + all
              + " streams: 1 in "
              + sample.everyComplete
              + " that were complete, "
              + (sample.everyFailed == 1 ? "all" : "1 in " + sample.everyFailed)
              + " that failed.");
    }
    lead.addAll(source.drawnNote());
    return lead;
  }

  private static Instant wallTime(ClockAnchor clock, long nanoTime) {
    long epochNanos = clock.epochNanos() + (nanoTime - clock.nanoTime());
    return Instant.EPOCH.plusNanos(epochNanos).truncatedTo(ChronoUnit.MILLIS);
  }

  private static long every(long all, int most) {
    return Math.max(1, (all + most - 1) / most);
  }

  /** Takes one in so many, of failed streams more: they are few, and tell more. */
  private static final class Sample {
    final List<StreamBar> bars = new ArrayList<>();
    final long everyComplete;
    final long everyFailed;
    private long complete;
    private long failed;

    Sample(long everyComplete, long everyFailed) {
      this.everyComplete = everyComplete;
      this.everyFailed = everyFailed;
    }

    void offer(StreamBar bar) {
      boolean taken = bar.failed() ? failed++ % everyFailed == 0 : complete++ % everyComplete == 0;
      if (taken) {
        bars.add(bar);
      }
    }
  }
}
