package dev.latencylens.harness.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.latencylens.harness.stream.StreamRequest.Message;
import dev.latencylens.harness.stream.StreamRequest.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WorkloadTest {
  private static final String SECRET = "Our secret plan";

  private final Path directory;
  private final ConfigurationFile file;

  WorkloadTest(@TempDir final Path directory) {
    this.directory = directory;
    file = new ConfigurationFile(directory);
  }

  private Workload load(final String workload) throws ConfigurationException {
    return file.load(ConfigurationFile.TARGETS + "workload: " + workload + "\n").workload();
  }

  private Map<String, Object> manifest(final String workload) throws ConfigurationException {
    return WorkloadSchema.SECTION.plain(load(workload));
  }

  @Test
  void withoutASourceTheGreetingIsAsked() throws Exception {
    assertThat(load("{ cache_busting: true }"))
        .isEqualTo(
            new Workload(
                "default",
                Workload.DEFAULT.prompts(),
                Optional.empty(),
                true,
                64,
                ModelSettings.NONE));
  }

  @Test
  void aPromptFileIsReadAsItStandsButForItsByteOrderMark() throws Exception {
    Files.writeString(directory.resolve("p.txt"), "\uFEFF" + SECRET + "\nÄ\n");

    assertThat(load("{ prompt_file: p.txt }").prompts())
        .isEqualTo(new Prompts.TextFile("p.txt", SECRET + "\nÄ\n"));
    assertThat(manifest("{ prompt_file: p.txt }").toString())
        .contains("prompt_file={file=p.txt, sha256=", "characters=18")
        .doesNotContain(SECRET, directory.toString());
  }

  @Test
  void linesAreReadInTheirOrder() throws Exception {
    Files.writeString(
        directory.resolve("p.jsonl"),
        """
        \uFEFF{"prompt": "%s"}\r
        {"messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "a"},\
         {"role": "assistant", "content": "b"}, {"role": "user", "content": "c"}],\
         "max_output_tokens": 9}

        """
            .formatted(SECRET));

    final Workload workload = load("{ prompts_file: p.jsonl, order: shuffled }");

    assertThat(workload.prompts().given())
        .containsExactly(
            Dialogue.of(SECRET),
            new Dialogue(
                Optional.of("s"),
                List.of(
                    new Message(Role.USER, "a"),
                    new Message(Role.ASSISTANT, "b"),
                    new Message(Role.USER, "c")),
                OptionalInt.of(9)));
    assertThat(((Prompts.Lines) workload.prompts()).order())
        .isEqualTo(Prompts.Lines.Order.SHUFFLED);
    assertThat(workload.prompts().place(1)).isEqualTo("line 2 of p.jsonl");
    assertThat(manifest("{ prompts_file: p.jsonl }").toString())
        .contains("prompts_file={file=p.jsonl, sha256=", "prompts=2}", "order=in_turn")
        .contains(Sha256.of(Files.readAllBytes(directory.resolve("p.jsonl"))))
        .doesNotContain(SECRET, directory.toString());
  }

  @Test
  void generatedLengthsAreFixedOrRangesAndTheOutputIsTheMaximum() throws Exception {
    final Workload workload =
        load("{ generate: { input_tokens: 500, output_tokens: { min: 10, max: 100 } } }");

    assertThat(workload.prompts())
        .isEqualTo(new Prompts.Generated(new TokenRange(500, 500), new TokenRange(10, 100)));
    assertThat(workload.maxOutputTokens()).isEqualTo(100);
    assertThat(
            manifest("{ generate: { input_tokens: 500, output_tokens: { min: 10, max: 100 } } }"))
        .isEqualTo(
            Map.of(
                "name",
                "default",
                "generate",
                Map.of("input_tokens", 500L, "output_tokens", Map.of("min", 10L, "max", 100L)),
                "cache_busting",
                false,
                "max_output_tokens",
                100L));
  }

  @Test
  void aConversationEndsWithTheTurnThatIsAsked() throws Exception {
    final String turns =
        "{ conversation: [ { user: a, assistant: " + SECRET + " }, { user: c } ] }";

    assertThat(load(turns).prompts())
        .isEqualTo(
            new Prompts.Conversation(
                List.of(
                    new Message(Role.USER, "a"),
                    new Message(Role.ASSISTANT, SECRET),
                    new Message(Role.USER, "c"))));
    assertThat(manifest(turns).toString())
        .contains("conversation=[{user={sha256=", "assistant={sha256=")
        .doesNotContain(SECRET);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments(
            "prompt: a\n  conversation: [ { user: b } ]",
            "6:17: conversation can't stand beside prompt: prompts come from one place"),
        arguments("order: shuffled", "5:10: order has no effect without prompts_file"),
        arguments("order: random", "5:10: order must be one of in_turn, shuffled"),
        arguments(
            "generate: { input_tokens: 99, output_tokens: 9 }\n  max_output_tokens: 9",
            "6:22: max_output_tokens has no effect with generate: output_tokens counts"),
        arguments("generate: { input_tokens: 99 }", "5:13: the key \"output_tokens\" is missing"),
        arguments(
            "generate: { input_tokens: 31, output_tokens: 9 }",
            "5:29: input_tokens must be a whole number from 32 to 150000, but is \"31\""),
        arguments(
            "generate: { input_tokens: 99, output_tokens: { min: 9, max: 8 } }",
            "5:63: max must not be below min, which is 9"),
        arguments(
            "generate: { input_tokens: 99, output_tokens: { min: 9 } }",
            "5:48: the key \"max\" is missing"),
        arguments("generate: 500", "5:13: generate must be a mapping with the keys input_tokens"),
        arguments("cache_busting: 1", "5:18: cache_busting must be true or false"),
        arguments("conversation: []", "5:17: conversation must have from 1 to 500 entries"),
        arguments("conversation: [ { assistant: a } ]", "5:19: the key \"user\" is missing"),
        arguments(
            "conversation: [ { user: a }, { user: b } ]",
            "5:19: a turn before the last one needs assistant, what was answered"),
        arguments(
            "conversation: [ { user: a, assistant: b } ]",
            "5:19: the last turn has user alone: its answer is what is asked for"),
        arguments("prompt: \"\\uD83D\"", "5:11: prompt must be text that is not blank"),
        arguments("prompt_file: gone.txt", "5:16: prompt_file names a file that is not there: "),
        arguments("prompt_file: .", "5:16: prompt_file names a file that is not there: "),
        arguments("prompt_file: \"\\0\"", "5:16: prompt_file is not a path"),
        arguments("prompts_file: gone.jsonl", "5:17: prompts_file names a file that is not there"),
        arguments("prompts_file: [ a ]", "5:17: prompts_file must be the path of a file"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatIsWrongIsToldWithItsPlace(final String workload, final String problem) {
    assertThat(file.problems(ConfigurationFile.TARGETS + "workload:\n  " + workload + "\n"))
        .singleElement()
        .asString()
        .startsWith(problem);
  }

  @Test
  void everySourceThatIsOneTooManyIsNamedAtOnce() throws Exception {
    Files.writeString(directory.resolve("p.txt"), "a");

    assertThat(
            file.problems(
                ConfigurationFile.TARGETS
                    + """
                    workload:
                      prompt_file: p.txt
                      generate: { input_tokens: 99, output_tokens: 9 }
                      conversation: [ { user: b } ]
                      order: in_turn
                    rounds: 0
                    """))
        .hasSize(4)
        .anySatisfy(problem -> assertThat(problem).startsWith("6:13: generate can't stand beside"))
        .anySatisfy(problem -> assertThat(problem).startsWith("7:17: conversation can't stand"))
        .anySatisfy(problem -> assertThat(problem).startsWith("8:10: order has no effect"))
        .anySatisfy(problem -> assertThat(problem).startsWith("9:9: rounds must be"));
  }

  @Test
  void promptFilesThatAreNoPromptAreRefused() throws Exception {
    final Path prompt = directory.resolve("p.txt");
    final String yaml = ConfigurationFile.TARGETS + "workload: { prompt_file: p.txt }\n";

    Files.writeString(prompt, " \n");
    assertThat(file.problems(yaml)).singleElement().asString().contains("blank or larger than");
    Files.write(prompt, "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(file.problems(yaml)).singleElement().asString().contains("not in UTF-8");
    Files.writeString(prompt, "x".repeat((1 << 20) + 1));
    assertThat(file.problems(yaml)).singleElement().asString().contains("larger than 1MiB");
    Files.writeString(prompt, "x".repeat(1 << 20));
    assertThat(load("{ prompt_file: p.txt }").prompts().given()).hasSize(1);
  }

  @Test
  void recordsRefuseWhatAFileCouldNotSay() {
    assertThatThrownBy(() -> new TokenRange(2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Prompts.Generated(new TokenRange(1, 40), new TokenRange(1, 1)))
        .hasMessageContaining("input_tokens");
    assertThatThrownBy(() -> new Prompts.Text(" ")).hasMessageContaining("blank");
    assertThatThrownBy(() -> new Prompts.Conversation(List.of(new Message(Role.ASSISTANT, "a"))))
        .hasMessageContaining("in turns");
    assertThatThrownBy(() -> new Prompts.Lines("f", "", Prompts.Lines.Order.IN_TURN, List.of()))
        .hasMessageContaining("from 1 to");
  }
}
