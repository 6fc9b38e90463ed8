package dev.latencylens.results.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.results.SampleRun;
import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.Statistic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShapeTest {
  private final Summary summary;

  ShapeTest(@TempDir Path directory) throws IOException {
    summary = Summary.read(SampleRun.create(directory.resolve("run")));
  }

  @Test
  void aCurveSaysWhatTheTablesSay() {
    for (SummaryRow row : summary.rows()) {
      for (Metric metric : List.of(Metric.TTFT, Metric.GAP)) {
        for (Percentile percentile : Percentile.values()) {
          assertThat(row.shape(metric).orElseThrow().curve())
              .contains(new Shape.Point(percentile.quantile(), row.statistic(metric, percentile)));
        }
      }
      assertThat(row.shape(Metric.E2E)).isEmpty();
    }
  }

  @Test
  void aCurveHasNoValueWhereThereAreTooFewReadings() {
    // 80 streams: enough for p90 and p10, not for p99 and p5.
    List<Shape.Point> curve = summary.rows().get(2).shape(Metric.TTFT).orElseThrow().curve();

    List<Double> known =
        curve.stream()
            .filter(point -> point.statistic() instanceof Statistic.Value)
            .map(Shape.Point::quantile)
            .toList();
    assertThat(known).contains(0.1, 0.5, 0.9).doesNotContain(0.05, 0.99).isSorted();
  }

  @Test
  void whatADeadlineCutOffCountsAsReadingButIsInNoClass() {
    Shape shape = summary.rows().get(1).shape(Metric.TTFT).orElseThrow();

    assertThat(shape.readings()).isEqualTo(740);
    assertThat(shape.censored()).isEqualTo(40);
    assertThat(shape.bins().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(700);
  }
}
