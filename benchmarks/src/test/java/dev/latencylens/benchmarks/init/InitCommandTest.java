package dev.latencylens.benchmarks.init;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.benchmarks.runner.BenchCommand;
import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.ConfigurationException;
import dev.latencylens.harness.config.ConfigurationReader;
import dev.latencylens.harness.config.KeyReference;
import dev.latencylens.harness.provider.Providers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InitCommandTest {
  private final Path file;
  private final Path directory;
  private final List<String> asked = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  InitCommandTest(@TempDir final Path directory) {
    this.directory = directory;
    file = directory.resolve("new.yaml");
  }

  @Test
  void answersFromATerminalBecomeAConfigurationThatBenchAccepts() throws Exception {
    assertThat(onTerminal("openai", "gpt-x", "", "", "30", "3")).isZero();

    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readString(file))
        .contains("# The key is looked for in OPENAI_API_KEY, then in .env beside this file.")
        .contains("load: { streams: 30, concurrency: 3 }");
    assertThat(out.toString(UTF_8)).contains("scripts/doctor --config", "--dry-run");
    assertThat(log.toString(UTF_8)).isEmpty();
    assertThat(BenchCommand.run(stream(out), stream(log), "--config", file.toString(), "--dry-run"))
        .isZero();
    assertThat(log.toString(UTF_8)).doesNotContain("would not start");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anthropic",
        "azure-openai",
        "bedrock",
        "cohere",
        "google",
        "ollama",
        "openai",
        "vertex"
      })
  void everyProviderThatIsOfferedCanBeConfigured(final String provider) throws Exception {
    final List<String> answers = new ArrayList<>(List.of(provider, "a-model"));
    switch (provider) {
      case "bedrock" -> answers.add("eu-central-1");
      case "vertex" -> answers.addAll(List.of("my-project", "europe-west4"));
      default -> {
        // Nothing else to say.
      }
    }
    answers.add(provider.equals("azure-openai") ? "https://mine.openai.azure.com" : "");
    answers.addAll(List.of("", "", ""));

    assertThat(onTerminal(answers.toArray(String[]::new))).isZero();

    assertThat(read().targets())
        .singleElement()
        .satisfies(target -> assertThat(target.provider()).isEqualTo(provider));
    assertThat(asked.get(0)).contains(provider).doesNotContain("generic");
    assertThat(asked).noneMatch(question -> question.toLowerCase(Locale.ROOT).contains("your key"));
  }

  @Test
  void aPlaceOfTheKeyIsAskedForAndNeverTheKey() throws Exception {
    final String key = "sk-MARKED-typed-by-mistake";
    assertThat(onTerminal("openai", "m", "", key, "2", key, "TEAM_KEY", "5", "1")).isZero();

    assertThat(read().targets().get(0).key())
        .isEqualTo(KeyReference.Places.environment("TEAM_KEY"));
    assertThat(log.toString(UTF_8)).contains("must not be typed here").doesNotContain(key);
    assertThat(out.toString(UTF_8)).doesNotContain(key);
    assertThat(Files.readString(file)).doesNotContain(key);
  }

  @Test
  void aFileOrNoKeyAtAllCanBeNamed() throws Exception {
    assertThat(onTerminal("openai", "m", "http://127.0.0.1:1/v1", "4", "", "")).isZero();
    assertThat(read().targets().get(0).key()).isInstanceOf(KeyReference.None.class);
    Files.delete(file);
    assertThat(onTerminal("openai", "m", "", "3", "keys/openai", "", "")).isZero();
    assertThat(read().targets().get(0).key().toString())
        .contains(directory.resolve("keys/openai").toString());
  }

  @Test
  void anAnswerThatCannotBeUsedIsAskedForAgain() throws Exception {
    assertThat(
            onTerminal(
                "opnai",
                "generic",
                "openai",
                "",
                "m",
                "http://10.1.2.3/v1",
                "a b",
                "https://llm.example.com/v1/",
                "7",
                "1",
                "many",
                "0",
                "9",
                "10",
                ""))
        .isZero();

    assertThat(log.toString(UTF_8))
        .contains("did you mean \"openai\"", "by hand", "something has to stand there")
        .contains("must begin with https://", "answer 1, 2, 3 or 4")
        .contains("answer with a number from 1 to 1000000", "answer with a number from 1 to 9\n");
    assertThat(Files.readString(file)).contains("load: { streams: 9, concurrency: 9 }");
    assertThat(read().targets().get(0).baseUrl()).isPresent();
  }

  @Test
  void whatStandsOnTheCommandLineIsNotAskedFor() throws Exception {
    assertThat(
            run(
                Optional.of(terminal("", "", "")),
                file.toString(),
                "--provider",
                "openai",
                "--model",
                "m",
                "--key-variable",
                "TEAM_KEY"))
        .isZero();

    assertThat(asked).hasSize(3).noneMatch(question -> question.contains("Provider"));
  }

  @Test
  void whoGoesAwayLeavesNothingBehind() {
    assertThat(onTerminal("openai", "m")).isEqualTo(2);

    assertThat(log.toString(UTF_8)).isEqualTo("init: no answer came; nothing was written\n");
    assertThat(file).doesNotExist();
  }

  @Test
  void withoutATerminalAnswersAreOptions() throws Exception {
    assertThat(
            without(
                "--provider",
                "azure-openai",
                "--model",
                "m \"quoted\" # x",
                "--base-url",
                "https://mine.openai.azure.com",
                "--option",
                "api_version=2024-10-21",
                "--key-variable",
                "TEAM_KEY",
                "--streams",
                "12",
                "--concurrency",
                "4"))
        .isZero();

    assertThat(read().targets().get(0).model()).isEqualTo("m \"quoted\" # x");
    assertThat(Files.readString(file)).contains("api_version: \"2024-10-21\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|add --provider, --model|no terminal",
        "--provider openai|add --model;|no terminal",
        "--provider bedrock --model m|add --option region=...|no terminal",
        "--provider azure-openai --model m|add --base-url|no terminal",
        "--provider generic --model m|by hand|generic",
        "--provider opnai --model m|did you mean|openai",
        "--provider openai --model m --key-variable sk-1|name the variable|must not be typed",
        "--provider openai --model m --no-key --key-file x|give one of them|--no-key",
        "--provider openai --model m --streams x|--streams|init --help",
        "--nope|Unknown option|init --help",
        "a b|init --help|b",
      })
  void aMistakeIsToldInOneLine(final String arguments, final String what, final String also) {
    assertThat(without(arguments == null ? new String[0] : arguments.split(" ", -1))).isEqualTo(2);

    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(log.toString(UTF_8)).startsWith("init: ").contains(what, also).hasLineCount(1);
    assertThat(log.toString(UTF_8)).doesNotContain("sk-1");
    assertThat(file).doesNotExist();
  }

  @Test
  void whatIsThereIsLeftAsItIs() throws IOException {
    Files.writeString(file, "mine");

    assertThat(onTerminal("openai", "m", "", "", "", "")).isEqualTo(2);

    assertThat(asked).isEmpty();
    assertThat(log.toString(UTF_8)).contains("is there already").hasLineCount(1);
    assertThat(Files.readString(file)).isEqualTo("mine");
    final Path link = directory.resolve("link.yaml");
    Files.createSymbolicLink(link, directory.resolve("nowhere"));
    assertThat(run(Optional.empty(), link.toString(), "--provider", "openai", "--model", "m"))
        .isEqualTo(2);
    assertThat(directory.resolve("nowhere")).doesNotExist();
  }

  @Test
  void aPlaceThatCannotBeWrittenIsToldInOneLine() throws IOException {
    final Path below = directory.resolve("none").resolve("new.yaml");
    assertThat(run(Optional.empty(), below.toString(), "--provider", "openai", "--model", "m"))
        .isEqualTo(2);
    assertThat(log.toString(UTF_8)).contains("make it first").hasLineCount(1);
    log.reset();
    final Path plain = Files.writeString(directory.resolve("plain"), "");
    assertThat(
            run(
                Optional.empty(),
                plain.resolve("new.yaml").toString(),
                "--provider",
                "openai",
                "--model",
                "m"))
        .isEqualTo(2);
    assertThat(log.toString(UTF_8)).contains("can't be written").hasLineCount(1);
  }

  @Test
  void aDirectoryWithoutAccessIsToldInOneLine() throws IOException {
    final Path closed = Files.createDirectory(directory.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-x------"));
    // The administrator may write there all the same.
    Assumptions.assumeFalse(Files.isWritable(closed));
    assertThat(
            run(
                Optional.empty(),
                closed.resolve("new.yaml").toString(),
                "--provider",
                "openai",
                "--model",
                "m"))
        .isEqualTo(2);
    assertThat(log.toString(UTF_8)).contains("no access").hasLineCount(1);
  }

  @Test
  void whatTheConfigurationWouldBeRefusedForIsToldAndNothingStays() {
    assertThat(without("--provider", "openai", "--model", "m", "--base-url", "http://10.1.2.3/v1"))
        .isEqualTo(2);

    assertThat(log.toString(UTF_8)).contains("nothing was written", "must begin with https://");
    assertThat(file).doesNotExist();
  }

  @Test
  void commentsFitATerminalAndNoOddNameOfTheFileGetsIntoThem() throws Exception {
    final Path odd = directory.resolve("a; rm -rf x.yaml");
    assertThat(run(Optional.empty(), odd.toString(), "--provider", "openai", "--model", "m"))
        .isZero();

    assertThat(Files.readString(odd)).doesNotContain("rm -rf").contains("--config FILE");
    assertThat(Files.readAllLines(odd)).allMatch(line -> line.length() <= 80);
  }

  private Configuration read() throws ConfigurationException {
    return ConfigurationReader.read(file, Providers.load());
  }

  private int onTerminal(final String... answers) {
    return run(Optional.of(terminal(answers)), file.toString());
  }

  private Terminal terminal(final String... answers) {
    final Deque<String> next = new ArrayDeque<>(Arrays.asList(answers));
    return question -> {
      asked.add(question);
      return Optional.ofNullable(next.poll());
    };
  }

  private int without(final String... options) {
    final List<String> arguments = new ArrayList<>(List.of(file.toString()));
    arguments.addAll(List.of(options));
    return run(Optional.empty(), arguments.toArray(String[]::new));
  }

  private int run(final Optional<Terminal> terminal, final String... arguments) {
    return InitCommand.run(stream(out), stream(log), terminal, arguments);
  }

  private static PrintStream stream(final ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, UTF_8);
  }
}
