package dev.latencylens.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar is a JMH jar like any other. */
final class PlainJmhIT {
  private final Path directory;

  PlainJmhIT(@TempDir final Path directory) {
    this.directory = directory;
  }

  @Test
  void theBenchmarksAreListed() throws IOException, InterruptedException {
    final JarProcess.Ended list = JarProcess.runJmh(directory, "-l");

    assertThat(list.status()).isZero();
    assertThat(list.out()).contains("dev.latencylens.benchmarks.streaming.StreamBenchmark.stream");
  }

  @Test
  void jmhsOwnOptionsWorkAndTheProfilerAddsTheStreamMetrics()
      throws IOException, InterruptedException {
    final JarProcess.Ended ended =
        JarProcess.runJmh(
            directory,
            ("StreamBenchmark -p provider=google -p model=sim-x -f 1 -wi 1 -i 2 -t 2"
                    + " -rf json -rff result.json"
                    + " -prof dev.latencylens.benchmarks.profile.StreamProfiler")
                .split(" ", -1));

    assertThat(ended.status()).as(ended.err()).isZero();
    final JsonNode json = new ObjectMapper().readTree(directory.resolve("result.json").toFile());
    assertThat(json).hasSize(1);
    assertThat(json.at("/0/params/provider").asText()).isEqualTo("google");
    assertThat(json.at("/0/params/model").asText()).isEqualTo("sim-x");
    final JsonNode secondary = json.at("/0/secondaryMetrics");
    assertThat(secondary.at("/streams/score").asInt()).as("2 iterations, 2 threads").isEqualTo(4);
    assertThat(secondary.at("/outcome.complete/score").asInt()).isEqualTo(4);
    assertThat(secondary.at("/ttft/score").asDouble()).isPositive();
    assertThat(secondary.at("/ttft:p0.50/score").asDouble()).isPositive();
    assertThat(secondary.at("/instrument_error:p0.50/score").isNumber()).isTrue();
  }
}
