package dev.latencylens.results.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One cell over the releases: all that it is named by is the same in each, the machine too.
 *
 * @param name the cell's name; raw text
 * @param points its points, in order of time
 */
record HistorySeries(String name, List<HistoryPoint> points) {
  HistorySeries {
    points = List.copyOf(points);
  }

  /**
   * The series of all cells, in the order in which they first appear.
   *
   * @param releases in order of time
   * @param metric what is shown
   * @param part what a cell's name must contain, in whatever case
   */
  static List<HistorySeries> of(List<Release> releases, HistoryMetric metric, Optional<String> part)
      throws IOException {
    Map<String, List<HistoryPoint>> byCell = new LinkedHashMap<>();
    for (Release release : releases) {
      for (ReleaseRow row : release.rows()) {
        String name = CellName.full(row.cell());
        if (part.isEmpty() || lower(name).contains(lower(part.get()))) {
          byCell
              .computeIfAbsent(name, cell -> new ArrayList<>())
              .add(HistoryPoint.of(release, row, metric));
        }
      }
    }
    List<HistorySeries> series = new ArrayList<>();
    byCell.forEach((name, points) -> series.add(new HistorySeries(name, points)));
    return series;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
