package dev.latencylens.results.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimelineLayoutTest {
  private static final long MILLI = 1_000_000;

  @Test
  void barsOfOneLaneNeverOverlapAndThereAreAsManyLanesAsStreamsAtATime() {
    Random random = new Random(1);
    List<StreamBar> bars =
        IntStream.range(0, 500)
            .mapToObj(i -> bar("c001", random.nextInt(10_000), 1 + random.nextInt(300)))
            .toList();

    Plot.Timeline plot = plot(List.of("c001"), bars);

    for (int lane = 0; lane < plot.lanes().get(0); lane++) {
      double own = lane;
      double end = 0;
      for (List<Double> stream : plot.streams()) {
        if (stream.get(1) == own) {
          assertThat(stream.get(2)).isGreaterThanOrEqualTo(end);
          end = stream.get(2) + stream.get(7);
        }
      }
    }
    long most =
        bars.stream()
            .mapToLong(
                bar ->
                    bars.stream()
                        .filter(o -> o.start() <= bar.start() && o.end() > bar.start())
                        .count())
            .max()
            .orElseThrow();
    assertThat((long) plot.lanes().get(0)).isEqualTo(most);
  }

  @Test
  void eachCellHasLanesOfItsOwn() {
    Plot.Timeline plot =
        plot(List.of("c001", "c002"), List.of(bar("c002", 5, 10), bar("c001", 6, 10)));

    assertThat(plot.lanes()).containsExactly(1, 1);
    assertThat(plot.streams())
        .containsExactly(
            List.of(0.0, 0.0, 6.0, 0.0, 0.0, 1.0, 10.0, 10.0, 3.0, 0.0),
            List.of(1.0, 0.0, 5.0, 0.0, 0.0, 1.0, 10.0, 10.0, 3.0, 0.0));
  }

  private static Plot.Timeline plot(List<String> cells, List<StreamBar> bars) {
    return new TimelineLayout(cells, 0)
        .plot(cells.stream().map(id -> new Plot.Name(id, id)).toList(), bars);
  }

  private static StreamBar bar(String cell, long startMillis, long millis) {
    return new StreamBar(
        cell,
        3,
        "complete",
        false,
        startMillis * MILLI,
        0,
        0,
        MILLI,
        millis * MILLI,
        millis * MILLI);
  }
}
