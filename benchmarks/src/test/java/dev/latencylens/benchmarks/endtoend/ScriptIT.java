package dev.latencylens.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/bench} itself, started as a person starts it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ScriptIT {
  private static final String MARK = "MARKED-a-real-key-in-the-shell";

  @Test
  void noProcessOfARunWithoutConfigurationHasARealKey(@TempDir final Path directory)
      throws Exception {
    noProcessHasARealKey(directory, "bench", List.of("--rounds", "1"));
  }

  @Test
  void noProcessOfARehearsalHasARealKey(@TempDir final Path directory) throws Exception {
    noProcessHasARealKey(
        directory,
        "bench",
        List.of("--config", configuration(directory), "--simulate", "--rounds", "1"));
  }

  @Test
  void noProcessOfARehearsedSweepHasARealKey(@TempDir final Path directory) throws Exception {
    noProcessHasARealKey(
        directory,
        "sweep",
        List.of(
            "--config",
            configuration(directory),
            "--simulate",
            "--rates",
            "20",
            "--duration",
            "3s"));
  }

  private static String configuration(final Path directory) throws IOException {
    return Files.writeString(
            directory.resolve("my.yaml"),
            """
            targets: [{ provider: openai, model: m, key: { env: SOME_KEY } }]
            load: { streams: 20, concurrency: 2 }
            objectives: { ttft: 1s }
            """)
        .toString();
  }

  private static void noProcessHasARealKey(
      final Path directory, final String script, final List<String> arguments) throws Exception {
    final Path run = directory.resolve("run");
    final List<String> command = new ArrayList<>();
    command.add("bash");
    command.add(Path.of("..", "scripts", script).toString());
    command.addAll(arguments);
    command.addAll(List.of("--out", run.toString()));
    final ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile());
    for (final String variable : List.of("OPENAI_API_KEY", "AWS_SECRET_ACCESS_KEY", "SOME_KEY")) {
      builder.environment().put(variable, MARK);
    }
    final String summary = "GITHUB_STEP_SUMMARY";
    builder.environment().put(summary, directory.resolve("step.md").toString());
    final Process bench = builder.start();
    try {
      // Streams are written while a fork measures: all kinds of processes are there by then.
      while (!streamsAreWritten(run)) {
        assertThat(bench.waitFor(100, TimeUnit.MILLISECONDS))
            .as("the run goes on: %s", Files.readString(directory.resolve("err")))
            .isFalse();
      }
      final List<ProcessHandle> children = bench.descendants().toList();

      assertThat(children).as("the simulator and the fork").hasSizeGreaterThanOrEqualTo(2);
      assertThat(environment(bench.toHandle())).contains(summary).doesNotContain(MARK);
      assertThat(children).noneMatch(child -> environment(child).contains(MARK));
    } finally {
      bench.descendants().forEach(ProcessHandle::destroyForcibly);
      bench.destroyForcibly().waitFor();
    }
  }

  private static boolean streamsAreWritten(final Path output) throws IOException {
    if (!Files.exists(output)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(output)) {
      return files.anyMatch(file -> file.endsWith("streams.jsonl"));
    }
  }

  private static String environment(final ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(process.pid()), "environ"), StandardCharsets.ISO_8859_1);
    } catch (final IOException e) {
      // It ended meanwhile.
      return "";
    }
  }
}
