package dev.latencylens.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer types, one after the other, and each command as the next one needs it. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class FirstHourIT {
  private final Path directory;

  FirstHourIT(@TempDir final Path directory) {
    this.directory = directory;
  }

  @Test
  void aConfigurationIsWrittenRehearsedAndItsSlowestStreamsAreFound() throws Exception {
    done(
        "init",
        "my.yaml",
        "--provider",
        "openai",
        "--model",
        "sim-ttft80-gap6",
        "--streams",
        "40",
        "--concurrency",
        "4");
    done("bench", "--config", "my.yaml", "--dry-run");
    done("doctor", "--config", "my.yaml", "--security", "--runs", "runs");
    done("bench", "--config", "my.yaml", "--simulate", "--rounds", "1", "--out", "run");

    final JsonNode found =
        new ObjectMapper().readTree(done("inspect", "run", "--by", "max_gap", "--json").out());

    assertThat(found.path("streams_seen").asInt()).isEqualTo(40);
    assertThat(found.path("streams")).hasSize(10);
    for (final JsonNode stream : found.path("streams")) {
      final JsonNode longest = stream.path("longest_gaps").get(0);
      assertThat(longest.path("gap_ns").asLong()).isEqualTo(stream.path("max_gap_ns").asLong());
      assertThat(longest.path("after_ns").asLong())
          .isBetween(
              stream.path("ttft_ns").asLong(),
              stream.path("e2e_ns").asLong() - longest.path("gap_ns").asLong());
      assertThat(longest.path("event").asLong())
          .isBetween(2L, stream.path("content_events").asLong());
    }
    assertThat(found.path("rounds").get(0).path("instrument_error_p50_ms").isNumber()).isTrue();
    assertThat(done("inspect", "run").out())
        .contains("40 streams", "longest gaps", "hiccup max")
        .doesNotContain("not recorded");
  }

  @Test
  void theScriptsStartTheirCommands() throws Exception {
    for (final String script : List.of("doctor", "inspect", "init")) {
      assertThat(script(script, "--help").out()).contains("Usage: " + script, "Exit status");
      final JarProcess.Ended refused = script(script, "--nope");
      assertThat(refused.status()).isEqualTo(2);
      assertThat(refused.err()).startsWith(script + ": ");
    }
    assertThat(script("init", directory.resolve("new.yaml").toString()).err())
        .contains("there is no terminal to ask on");
    assertThat(directory.resolve("new.yaml")).doesNotExist();
  }

  private JarProcess.Ended done(final String command, final String... arguments) throws Exception {
    final JarProcess.Ended ended = JarProcess.run(directory, Map.of(), command, arguments);
    assertThat(ended.status()).as("%s: %s%s", command, ended.out(), ended.err()).isZero();
    return ended;
  }

  private JarProcess.Ended script(final String name, final String... arguments)
      throws IOException, InterruptedException {
    final List<String> command = new ArrayList<>();
    command.add("bash");
    command.add(Path.of("..", "scripts", name).toString());
    command.addAll(List.of(arguments));
    final Path out = directory.resolve("out");
    final Path err = directory.resolve("err");
    final ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    // It would stand on standard error before anything that is said there.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    final int status = builder.start().waitFor();
    return new JarProcess.Ended(status, Files.readString(out), Files.readString(err));
  }
}
