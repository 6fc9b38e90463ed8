package dev.latencylens.benchmarks.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.ConfigurationReader;
import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.provider.Providers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A target on the command line is the same as one in a file. */
final class TargetFlagsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  private int bench(final String... arguments) {
    return BenchCommand.run(
        new PrintStream(out, true, UTF_8), new PrintStream(log, true, UTF_8), arguments);
  }

  private static TargetFlags flags(final String... arguments) {
    final TargetFlags flags = new TargetFlags();
    new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("flags", spec(flags)))
        .parseArgs(arguments);
    return flags;
  }

  private static CommandLine.Model.CommandSpec spec(final TargetFlags flags) {
    return CommandLine.Model.CommandSpec.forAnnotatedObject(flags);
  }

  private Configuration printed(final Path directory, final String... arguments) throws Exception {
    assertThat(bench(arguments)).isZero();
    final Path file = Files.writeString(directory.resolve("my.yaml"), out.toString(UTF_8));
    return ConfigurationReader.read(
        file, Files.readString(file), Path.of("").toAbsolutePath(), Providers.load());
  }

  @Test
  void thePrintedFileIsTheSameConfiguration(@TempDir final Path directory) throws Exception {
    final String[] target = {
      "--provider",
      "vllm",
      "--base-url",
      "http://127.0.0.1:8000/v1",
      "--model",
      "org/Model: 7B #1",
      "--streams",
      "20",
      "--concurrency",
      "4",
      "--max-tokens",
      "99",
      "--prompt",
      "Grüezi \"you\"\\\n\t# no: comment \u0085\u2028 🌍"
    };
    final String[] all = new String[target.length + 5];
    System.arraycopy(target, 0, all, 0, target.length);
    System.arraycopy(
        new String[] {"--rounds", "7", "--seed", "-5", "--print-config"}, 0, all, target.length, 5);

    final Configuration printed = printed(directory, all);

    assertThat(printed).isEqualTo(flags(target).configuration(Optional.of(7), Optional.of(-5L)));
    assertThat(printed.workload().prompts().given().get(0).messages().get(0).text())
        .isEqualTo("Grüezi \"you\"\\\n\t# no: comment \u0085\u2028 🌍");
    assertThat(printed.loads()).containsExactly(Load.Closed.of(20, 4));
    assertThat(printed.workload().maxOutputTokens()).isEqualTo(99);
    assertThat(printed.rounds()).isEqualTo(7);
    assertThat(log.toString(UTF_8)).isEmpty();
  }

  @Test
  void whatIsLeftOutHasTheDefaultsOfAFile(@TempDir final Path directory) throws Exception {
    final Configuration printed =
        printed(directory, "--provider", "vllm", "--model", "m", "--print-config");

    assertThat(out.toString(UTF_8))
        .isEqualTo("targets:\n  - provider: \"vllm\"\n    model: \"m\"\n");
    assertThat(printed.loads()).containsExactly(Load.Closed.DEFAULT);
  }

  @Test
  void fewStreamsHaveFewUsers(@TempDir final Path directory) throws Exception {
    assertThat(
            printed(
                    directory,
                    "--provider",
                    "vllm",
                    "--model",
                    "m",
                    "--streams",
                    "3",
                    "--print-config")
                .loads())
        .containsExactly(Load.Closed.of(3, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--provider vllm|--provider needs --model",
        "--provider vllm --model m --config my.yaml|--config and --provider exclude each other",
        "--model m|--model needs --provider",
        "--model m --prompt hi|--model, --prompt need --provider",
        "--print-config|--print-config needs --provider",
        "--provider vlm --model m|unknown provider \"vlm\" (did you mean \"vllm\"?); known are",
        "--provider vllm --model m --streams 0|streams must be",
        "--provider vllm --model m --streams x|--streams",
        "--provider vllm --model m --base-url ftp://a|base_url must begin with https://",
        "--provider vllm --model m --base-url http://llm.example.com|base_url ",
        "--provider azure-openai --model m|the key \"base_url\" is missing",
        "--provider vllm --model m --prompt|--prompt",
      })
  void whatIsWrongIsTold(final String arguments, final String message) {
    assertThat(bench(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(log.toString(UTF_8)).startsWith("bench: ").contains(message);
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void anUnknownProviderIsToldAllThatAreKnown() {
    bench("--provider", "x", "--model", "m");

    assertThat(log.toString(UTF_8)).contains(String.join(", ", Providers.load().ids()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vllm", "mistral", "openai", "lmstudio"})
  void thePlanNeedsNoKey(final String provider) {
    assertThat(bench("--provider", provider, "--model", "m", "--dry-run")).isZero();
    assertThat(out.toString(UTF_8)).contains(provider + "/m");
  }
}
