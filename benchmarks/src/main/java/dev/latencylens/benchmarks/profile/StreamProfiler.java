package dev.latencylens.benchmarks.profile;

import dev.latencylens.benchmarks.streaming.Measured;
import dev.latencylens.benchmarks.streaming.StreamRecording;
import dev.latencylens.results.run.ForkScores;
import dev.latencylens.results.run.LoadReading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.SampleTimeResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.util.SampleBuffer;

/**
 * Adds the stream metrics to JMH's result: {@code -prof
 * dev.latencylens.benchmarks.profile.StreamProfiler}.
 *
 * <p>Durations come as samples, so that JMH merges distributions and never averages percentiles;
 * counts come as sums. Under a plan it also writes the round's HdrHistogram log. What it can't do
 * it says on standard error: JMH swallows what a profiler throws, and the reader of a run demands
 * the metrics. JMH makes one for each fork and calls it from one thread.
 */
public final class StreamProfiler implements InternalProfiler {
  /** Called by JMH. */
  public StreamProfiler() {}

  @Override
  public String getDescription() {
    return "Time to first token, gaps between tokens, and the other stream metrics";
  }

  @Override
  public void beforeIteration(final BenchmarkParams benchmark, final IterationParams iteration) {
    if (iteration.getType() == IterationType.MEASUREMENT) {
      try {
        StreamRecording.begin();
      } catch (final IOException e) {
        System.err.println("StreamProfiler records nothing: " + e.getMessage());
      }
    }
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      final BenchmarkParams benchmark,
      final IterationParams iteration,
      final IterationResult result) {
    if (iteration.getType() != IterationType.MEASUREMENT) {
      return List.of();
    }
    try {
      final Optional<Measured> measured = StreamRecording.finish();
      return measured.isPresent() ? results(measured.get()) : List.of();
    } catch (final IOException e) {
      System.err.println("StreamProfiler has no result: " + e.getMessage());
      return List.of();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static List<Result<?>> results(final Measured measured) {
    final List<Result<?>> results = new ArrayList<>();
    measured
        .distributions()
        .forEach(each -> addTime(results, each.metric().label(), each.samples()));
    final SampleBuffer late = new SampleBuffer();
    measured
        .instrumentError()
        .positive()
        .recordedValues()
        .forEach(
            step -> {
              for (long i = 0; i < step.getCountAtValueIteratedTo(); i++) {
                late.add(step.getValueIteratedTo());
              }
            });
    addTime(results, "instrument_error", late);
    long streams = 0;
    for (final var outcome : measured.outcomes().entrySet()) {
      streams += outcome.getValue();
      results.add(
          count(ForkScores.OUTCOME + outcome.getKey().wireName(), (double) outcome.getValue()));
    }
    results.add(count(ForkScores.STREAMS, (double) streams));
    results.add(count(ForkScores.PLANNED, (double) measured.planned()));
    results.add(count(ForkScores.RETRIES, (double) measured.retries()));
    results.add(count(ForkScores.NOT_STARTED, (double) measured.notStarted()));
    measured.load().ifPresent(load -> addLoad(results, load));
    results.add(
        count(
            ForkScores.INSTRUMENT_EVENTS + measured.source().name().toLowerCase(Locale.ROOT),
            (double) measured.instrumentError().totalCount()));
    measured.health().forEach((name, value) -> results.add(count(ForkScores.HEALTH + name, value)));
    return results;
  }

  private static void addLoad(final List<Result<?>> results, final LoadReading load) {
    results.add(count(ForkScores.LOAD + "offered", (double) load.offered()));
    results.add(count(ForkScores.LOAD + "started", (double) load.started()));
    results.add(count(ForkScores.LOAD + "within", (double) load.within()));
    results.add(count(ForkScores.LOAD + "waited", (double) load.waited()));
    results.add(count(ForkScores.LOAD + "longest_queue", (double) load.longestQueue()));
    results.add(
        new ScalarResult(
            ForkScores.LOAD + "window", load.windowSeconds(), "s", AggregationPolicy.SUM));
  }

  private static void addTime(
      final List<Result<?>> results, final String label, final SampleBuffer buffer) {
    if (buffer.count() > 0) {
      results.add(new SampleTimeResult(ResultRole.SECONDARY, label, buffer, TimeUnit.MILLISECONDS));
    }
  }

  private static ScalarResult count(final String label, final double value) {
    return new ScalarResult(label, value, "#", AggregationPolicy.SUM);
  }
}
