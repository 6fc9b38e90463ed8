package dev.latencylens.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arms from the command line to the verdict, with real processes. */
class ArmsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LOAD = "load: { streams: 20, concurrency: 20, users: tasks }\n";

  private final Path directory;

  ArmsIT(@TempDir final Path directory) {
    this.directory = directory;
  }

  @Test
  void armsRunInTheSameBlocksAndTheSlowerOneIsFound() throws IOException, InterruptedException {
    arm("before", "sim-ttft120-gap8");
    arm("after", "sim-ttft350-gap20");

    final JarProcess.Ended bench =
        JarProcess.run(
            directory,
            Map.of(),
            JarProcess.BENCH,
            "--simulate",
            "--arm",
            "before=before.yaml",
            "--arm",
            "after=after.yaml",
            "--rounds",
            "6",
            "--out",
            "run");

    assertThat(bench.status()).as(bench.err()).isZero();
    assertThat(bench.err())
        .contains("1 pair of cells, 1 metric, 3 quantiles: 3 tests. 6 blocks can give verdicts");
    final JarProcess.Ended compare =
        JarProcess.run(directory, Map.of(), "compare", "run", "--format", "json");
    assertThat(compare.status()).as(compare.err()).isEqualTo(1);
    final JsonNode median = JSON.readTree(compare.out()).path("planned").path(0);
    assertThat(median.path("verdict").asText()).isEqualTo("slower");
    assertThat(median.path("ratio").path("value").asDouble()).isBetween(2.0, 4.0);
    assertThat(median.path("candidate").path("arm").asText()).isEqualTo("after");
  }

  @Test
  void anotherBuildCanBeAnArm() throws IOException, InterruptedException {
    final Path other = Files.copy(JarProcess.JAR, directory.resolve("other.jar"));
    Files.writeString(
        directory.resolve("my.yaml"),
        "targets: [{ provider: openai, name: mine, model: m }]\n" + LOAD);

    final JarProcess.Ended bench =
        JarProcess.run(
            directory,
            Map.of(),
            JarProcess.BENCH,
            "--config",
            "my.yaml",
            "--simulate",
            "--arm",
            "before=jar:other.jar",
            "--arm",
            "after=jar:" + JarProcess.JAR,
            "--rounds",
            "1",
            "--out",
            "run");

    assertThat(bench.status()).as(bench.err()).isZero();
    assertThat(Files.readString(directory.resolve("run").resolve("summary.csv")))
        .contains("mine", "before", "after");
    final JsonNode manifest =
        JSON.readTree(directory.resolve("run").resolve("manifest.json").toFile());
    assertThat(manifest.path("notes").toString())
        .contains("Arm before: Latency Lens", "from " + other.getFileName() + ", SHA-256 ");
    assertThat(manifest.path("comparisons").path("pairs")).hasSize(1);
  }

  private void arm(final String name, final String model) throws IOException {
    Files.writeString(
        directory.resolve(name + ".yaml"),
        "targets: [{ provider: openai, name: mine, model: " + model + " }]\n" + LOAD);
  }
}
