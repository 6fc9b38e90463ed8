package dev.latencylens.results.figures;

import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.stats.Buckets;
import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.Statistic;
import dev.latencylens.results.table.Dimension;
import dev.latencylens.results.table.Metric;
import dev.latencylens.results.table.SafeText;
import dev.latencylens.results.table.Summary;
import dev.latencylens.results.table.SummaryRow;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A run as OpenMetrics text 1.0, which Prometheus and what speaks its language read: a histogram of
 * each time in seconds, the instrument's error as gauges, and streams by outcome as counters. Every
 * sample names its cell, and what the tables say of it. The classes of all histograms are the same,
 * so those of several cells or runs can be added up. Stateless.
 */
public final class OpenMetrics {
  private static final String PREFIX = "latencylens_";
  private static final double NANOS_PER_SECOND = 1e9;

  /** The metrics that a deadline can cut off, as {@link Summary} counts them. */
  private static final Set<Metric> CUT_OFF =
      Set.of(Metric.TTFT, Metric.TTFAT, Metric.E2E, Metric.RESPONSE_TTFT, Metric.RESPONSE_E2E);

  private static final String DEADLINES =
      "; a stream that a deadline cut off counts in le=\"+Inf\" alone, and with its deadline in the"
          + " sum";

  private OpenMetrics() {}

  /**
   * Renders a summary.
   *
   * @param summary the summary
   * @return text that ends with {@code # EOF} and a line end, the same in every locale
   */
  public static String render(Summary summary) {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    for (Metric metric : Metric.values()) {
      // A rate is no time: 1 / tpot says the same.
      if (!metric.isRate()) {
        all.metricSnapshot(histogram(metric, summary.rows()));
      }
    }
    all.metricSnapshot(instrumentError(summary.rows()));
    all.metricSnapshot(streams(summary.rows()));
    all.metricSnapshot(run(summary.manifest()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      // Without times of creation and exemplars, of which there are none.
      new OpenMetricsTextFormatWriter(false, false).write(bytes, all.build());
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static HistogramSnapshot histogram(Metric metric, List<SummaryRow> rows) {
    HistogramSnapshot.Builder histogram =
        HistogramSnapshot.builder()
            .name(PREFIX + metric.label() + "_seconds")
            .unit(Unit.SECONDS)
            .help(metric.meaning() + (CUT_OFF.contains(metric) ? DEADLINES : ""));
    for (SummaryRow row : rows) {
      if (row.spread(metric).readings() == 0) {
        continue;
      }
      Buckets buckets = row.spread(metric).buckets();
      histogram.dataPoint(
          HistogramSnapshot.HistogramDataPointSnapshot.builder()
              .labels(labels(row))
              .classicHistogramBuckets(classes(buckets))
              .sum(buckets.sum() / NANOS_PER_SECOND)
              .build());
    }
    return histogram.build();
  }

  /** The writer adds them up, as the format wants it. */
  private static ClassicHistogramBuckets classes(Buckets buckets) {
    ClassicHistogramBuckets.Builder classes = ClassicHistogramBuckets.builder();
    for (int i = 0; i < buckets.bounds().size(); i++) {
      classes.bucket(buckets.bounds().get(i) / NANOS_PER_SECOND, buckets.counts().get(i));
    }
    return classes
        .bucket(Double.POSITIVE_INFINITY, buckets.counts().get(buckets.bounds().size()))
        .build();
  }

  private static GaugeSnapshot instrumentError(List<SummaryRow> rows) {
    GaugeSnapshot.Builder gauge =
        GaugeSnapshot.builder()
            .name(PREFIX + "instrument_error_seconds")
            .unit(Unit.SECONDS)
            .help("the client's stamp less the true time of sending, measured in the same run");
    for (SummaryRow row : rows) {
      for (Percentile percentile : Percentile.values()) {
        if (row.instrumentError(percentile) instanceof Statistic.Value value) {
          error(gauge, row, percentile.label(), value.value());
        }
      }
      row.instrumentErrorMaxNanos().ifPresent(nanos -> error(gauge, row, "max", nanos));
    }
    return gauge.build();
  }

  private static void error(
      GaugeSnapshot.Builder gauge, SummaryRow row, String statistic, double nanos) {
    gauge.dataPoint(
        GaugeSnapshot.GaugeDataPointSnapshot.builder()
            .labels(labels(row).add("statistic", statistic))
            .value(nanos / NANOS_PER_SECOND)
            .build());
  }

  private static CounterSnapshot streams(List<SummaryRow> rows) {
    CounterSnapshot.Builder counter =
        CounterSnapshot.builder()
            .name(PREFIX + "streams")
            .help("streams by what became of them, those that a limit refused too");
    for (SummaryRow row : rows) {
      for (Map.Entry<String, Long> outcome : outcomes(row).entrySet()) {
        counter.dataPoint(
            CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(labels(row).add("outcome", outcome.getKey()))
                .value(outcome.getValue())
                .build());
      }
    }
    return counter.build();
  }

  /**
   * Two names from a damaged file can be the same once they are safe, and are then counted as one.
   */
  private static Map<String, Long> outcomes(SummaryRow row) {
    return row.outcomes().entrySet().stream()
        .collect(
            Collectors.toMap(
                outcome -> SafeText.forWord(outcome.getKey()),
                Map.Entry::getValue,
                Long::sum,
                TreeMap::new));
  }

  private static InfoSnapshot run(Manifest manifest) {
    return InfoSnapshot.builder()
        .name(PREFIX + "run")
        .help("what the other metrics are of")
        .dataPoint(
            InfoSnapshot.InfoDataPointSnapshot.builder()
                .labels(
                    Labels.of(
                        "name", safe(manifest.name()),
                        "started", manifest.started().toString(),
                        "simulated", Boolean.toString(manifest.simulated()),
                        "suite_version", safe(manifest.suiteVersion())))
                .build())
        .build();
  }

  /** The cell's id too, for nothing else is sure to tell two cells apart. */
  private static Labels labels(SummaryRow row) {
    List<Dimension> given =
        Arrays.stream(Dimension.values())
            // To Prometheus an empty label is none.
            .filter(dimension -> !dimension.of(row.cell()).isEmpty())
            .toList();
    Labels labels = Labels.of("cell", row.cell().id());
    for (Dimension dimension : given) {
      labels = labels.add(dimension.column(), safe(dimension.of(row.cell())));
    }
    return labels;
  }

  /** The writer escapes what the format needs escaped; this, what a terminal would act on. */
  private static String safe(String text) {
    return SafeText.forTerminal(text);
  }
}
