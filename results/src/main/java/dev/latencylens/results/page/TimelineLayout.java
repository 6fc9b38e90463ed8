package dev.latencylens.results.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Gives each bar a lane of its cell, so that no two lie on one another: the number of lanes is the
 * most streams that were under way at a time.
 *
 * @param cells the cells' ids, from the top
 * @param zeroNanos the stamp at which the plot begins
 */
record TimelineLayout(List<String> cells, long zeroNanos) {
  TimelineLayout {
    cells = List.copyOf(cells);
  }

  Plot.Timeline plot(List<Plot.Name> names, List<StreamBar> bars) {
    List<String> outcomes =
        List.copyOf(new TreeSet<>(bars.stream().map(StreamBar::outcome).toList()));
    List<Integer> lanes = new ArrayList<>();
    List<List<Double>> streams = new ArrayList<>();
    for (int cell = 0; cell < cells.size(); cell++) {
      String id = cells.get(cell);
      List<StreamBar> own =
          bars.stream()
              .filter(bar -> bar.cell().equals(id))
              .sorted(Comparator.comparingLong(StreamBar::start).thenComparing(StreamBar::end))
              .toList();
      List<Long> ends = new ArrayList<>();
      for (StreamBar bar : own) {
        int lane = freeLane(ends, bar);
        streams.add(numbers(cell, lane, bar, outcomes.indexOf(bar.outcome())));
      }
      lanes.add(ends.size());
    }
    return new Plot.Timeline(names, lanes, outcomes, streams);
  }

  private static int freeLane(List<Long> ends, StreamBar bar) {
    for (int lane = 0; lane < ends.size(); lane++) {
      if (ends.get(lane) <= bar.start()) {
        ends.set(lane, bar.end());
        return lane;
      }
    }
    ends.add(bar.end());
    return ends.size() - 1;
  }

  private List<Double> numbers(int cell, int lane, StreamBar bar, int outcome) {
    return Stream.concat(
            Stream.concat(
                Stream.of((double) cell, (double) lane),
                Stream.of(
                        bar.start() - zeroNanos,
                        bar.queue(),
                        bar.setUp(),
                        bar.ttft(),
                        bar.e2e(),
                        bar.total())
                    .map(nanos -> PageSource.millis(nanos))),
            Stream.of((double) bar.round(), (double) outcome))
        .toList();
  }
}
