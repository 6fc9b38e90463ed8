package dev.latencylens.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.IterationResultMetaData;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.SampleTimeResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.results.SingleShotResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.SampleBuffer;

class MergedJmhResultTest {
  private static final IterationParams ITERATION =
      new IterationParams(IterationType.MEASUREMENT, 1, TimeValue.NONE, 1);

  private final MergedJmhResult merged = new MergedJmhResult();

  @Test
  void theRoundsOfACellAreTheForksOfOneBenchmark() throws IOException {
    merged.add("c001", round("gpt", 10, 1, 2, 3));
    merged.add("c002", round("claude", 30, 7));
    merged.add("c001", round("gpt", 20, 4, 5, 6));

    final ArrayNode json = merged.toJson();

    assertThat(json).hasSize(2);
    final JsonNode first = json.get(0);
    assertThat(first.at("/jmhVersion").isTextual()).isTrue();
    assertThat(first.at("/benchmark").asText()).isEqualTo("a.B.stream");
    assertThat(first.at("/mode").asText()).isEqualTo("ss");
    assertThat(first.at("/forks").asInt()).isEqualTo(2);
    assertThat(first.at("/params/model").asText()).isEqualTo("gpt");
    assertThat(first.at("/primaryMetric/scoreUnit").asText()).isEqualTo("ms/op");
    assertThat(first.at("/primaryMetric/rawData").toString()).isEqualTo("[[10.0],[20.0]]");
    assertThat(first.at("/primaryMetric/score").asDouble()).isEqualTo(15);
    assertThat(json.at("/1/params/model").asText()).isEqualTo("claude");
    assertThat(json.at("/1/forks").asInt()).isEqualTo(1);
  }

  @Test
  void distributionsAreMergedAndCountsAreAdded() throws IOException {
    merged.add("c001", round("gpt", 10, 1, 2, 3));
    merged.add("c001", round("gpt", 20, 400, 500));

    final JsonNode secondary = merged.toJson().at("/0/secondaryMetrics");

    // The median of 1, 2, 3, 400 and 500: an average of medians would be 226.
    assertThat(secondary.at("/ttft:p0.50/score").asDouble()).isBetween(2.99, 3.01);
    assertThat(secondary.at("/ttft:p1.00/score").asDouble()).isBetween(499.0, 501.0);
    assertThat(secondary.at("/streams/score").asDouble()).isEqualTo(5);
    assertThat(secondary.at("/streams/rawData").toString()).isEqualTo("[[3.0],[2.0]]");
  }

  @Test
  void aSettledResultSaysTheSameAndDerivesItsLabelsOnce() throws IOException {
    final RunResult round = round("gpt", 10, 1, 2, 3);
    final RunResult settled = SettledResult.of(round);

    assertThat(MergedJmhResult.toJson(settled)).isEqualTo(MergedJmhResult.toJson(round));
    final IterationResult iteration =
        settled.getBenchmarkResults().iterator().next().getIterationResults().iterator().next();
    assertThat(iteration.getSecondaryResults()).isSameAs(iteration.getSecondaryResults());
  }

  @Test
  void aRunWithoutAResultIsAnEmptyListToJmhsTools() {
    assertThat(merged.toJson()).isEmpty();
    assertThat(MergedJmhResult.none()).isEmpty();
  }

  private static RunResult round(
      final String model, final long batchMillis, final long... ttftMillis) {
    final WorkloadParams workload = new WorkloadParams();
    workload.put("model", model, 0);
    final BenchmarkParams params =
        new BenchmarkParams(
            "a.B.stream",
            "a.generated.B.stream",
            false,
            1,
            new int[] {1},
            List.of(),
            1,
            0,
            ITERATION,
            ITERATION,
            Mode.SingleShotTime,
            workload,
            TimeUnit.MILLISECONDS,
            1,
            "java",
            List.of(),
            "17",
            "a VM",
            "1",
            "1.37",
            TimeValue.days(1));
    final SampleBuffer ttft = new SampleBuffer();
    for (final long millis : ttftMillis) {
      ttft.add(TimeUnit.MILLISECONDS.toNanos(millis));
    }
    final IterationResult iteration =
        new IterationResult(params, ITERATION, new IterationResultMetaData(1, 1));
    iteration.addResult(
        new SingleShotResult(
            ResultRole.PRIMARY,
            "stream",
            TimeUnit.MILLISECONDS.toNanos(batchMillis),
            TimeUnit.MILLISECONDS));
    iteration.addResult(
        new SampleTimeResult(ResultRole.SECONDARY, "ttft", ttft, TimeUnit.MILLISECONDS));
    iteration.addResult(new ScalarResult("streams", ttftMillis.length, "#", AggregationPolicy.SUM));
    return new RunResult(params, List.of(new BenchmarkResult(params, List.of(iteration))));
  }
}
