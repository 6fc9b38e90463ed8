package dev.latencylens.harness.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import dev.latencylens.harness.stream.StreamRequest.Message;
import dev.latencylens.harness.stream.StreamRequest.Role;
import java.io.ByteArrayOutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class PromptLineReaderTest {
  private static final String GOOD = "{\"prompt\": \"good\"}\n";
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Arguments> badLines() {
    return Stream.of(
        arguments("", "is empty: take it out"),
        arguments("  ", "is empty: take it out"),
        arguments("hidden", "is no JSON, or has a key twice: look near column"),
        arguments("{\"prompt\": \"hidden", "is no JSON, or has a key twice: look near column"),
        arguments("{\"prompt\": \"hidden\"} {}", "is no JSON, or has a key twice"),
        arguments("{\"prompt\": \"hidden\", \"prompt\": \"b\"}", "is no JSON, or has a key twice"),
        arguments("[\"hidden\"]", "must be a JSON object"),
        arguments("\"hidden\"", "must be a JSON object"),
        arguments("{}", "must have prompt or messages, and not both"),
        arguments(
            "{\"prompt\": \"hidden\", \"messages\": []}",
            "must have prompt or messages, and not both"),
        arguments(
            "{\"prompt\": \"hidden\", \"max_tokens\": 5}",
            "unknown key \"max_tokens\"; known are prompt, messages, max_output_tokens"),
        arguments("{\"prompt\": 5}", "prompt must be text"),
        arguments("{\"prompt\": null}", "prompt must be text"),
        arguments("{\"prompt\": \" \"}", "has a text that is blank, larger than"),
        arguments("{\"prompt\": \"hidden \\ud83d\"}", "has a text that is blank, larger than"),
        arguments(
            "{\"prompt\": \"hidden\", \"max_output_tokens\": 0}",
            "max_output_tokens must be from 1 to 1000000"),
        arguments(
            "{\"prompt\": \"hidden\", \"max_output_tokens\": 1.5}",
            "max_output_tokens must be a whole number from 1 to 1000000"),
        arguments(
            "{\"prompt\": \"hidden\", \"max_output_tokens\": 99999999999}",
            "max_output_tokens must be a whole number from 1 to 1000000"),
        arguments("{\"messages\": \"hidden\"}", "messages must be a list"),
        arguments("{\"messages\": []}", "needs from 1 to 1000 messages"),
        arguments("{\"messages\": [\"hidden\"]}", "each message must have role and content"),
        arguments(
            "{\"messages\": [{\"role\": \"user\"}]}", "each message must have role and content"),
        arguments(
            "{\"messages\": [{\"role\": \"user\", \"content\": \"hidden\", \"name\": \"x\"}]}",
            "each message must have role and content, and no more"),
        arguments(
            "{\"messages\": [{\"role\": \"tool\", \"content\": \"hidden\"}]}",
            "role must be user, assistant or system"),
        arguments(
            "{\"messages\": [{\"role\": \"user\", \"content\": [\"hidden\"]}]}",
            "content must be text"),
        arguments(
            "{\"messages\": [{\"role\": \"assistant\", \"content\": \"hidden\"}]}",
            "must end with a message of the user"),
        arguments(
            "{\"messages\": [{\"role\": \"system\", \"content\": \"hidden\"}]}",
            "needs from 1 to 1000 messages"),
        arguments(
            "{\"messages\": [{\"role\": \"user\", \"content\": \"hidden\"},"
                + " {\"role\": \"system\", \"content\": \"b\"}]}",
            "a system message must be the first"));
  }

  @ParameterizedTest
  @MethodSource("badLines")
  void aBadLineIsNamedWithItsNumberAndNotRepeated(final String line, final String expected) {
    assertThat(problems(GOOD + GOOD + line + "\n" + GOOD))
        .singleElement()
        .asString()
        .startsWith(", line 3: " + expected)
        .doesNotContain("hidden", "\n");
  }

  @Test
  void aLineThatIsNotUtf8IsNamed() {
    final PromptLineReader reader = new PromptLineReader();
    reader.read((GOOD + "{\"prompt\": \"caf\u00e9\"}").getBytes(StandardCharsets.ISO_8859_1));

    assertThat(reader.problems()).containsExactly(", line 2: is not in UTF-8");
  }

  @Test
  void anEmptyFileAndOneOfTooManyLinesAreRefused() {
    assertThat(problems("")).containsExactly(" holds no prompt");
    assertThat(problems("\n\n \r\n")).containsExactly(" holds no prompt");
    assertThat(problems(GOOD.repeat(Prompts.Lines.MOST_LINES))).isEmpty();
    assertThat(problems(GOOD.repeat(Prompts.Lines.MOST_LINES + 1)))
        .containsExactly(" has more than 100000 lines");
  }

  @Test
  void manyBadLinesAreToldUpToABound() {
    assertThat(problems("x\n".repeat(50_000)))
        .hasSize(21)
        .last()
        .isEqualTo(": there may be more: reading ended after 20 problems");
  }

  @Test
  void problemsStandAtTheKeyWithTheFilesName(@TempDir final Path directory) throws Exception {
    Files.writeString(directory.resolve("p.jsonl"), GOOD + "x\n" + GOOD + "{}\n");

    assertThat(
            new ConfigurationFile(directory)
                .problems(
                    ConfigurationFile.TARGETS + "workload: { prompts_file: p.jsonl }\nrounds: 0\n"))
        .hasSize(3)
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .startsWith("4:27: prompts_file p.jsonl, line 2: is no JSON, or has a key"))
        .anySatisfy(
            problem ->
                assertThat(problem).startsWith("4:27: prompts_file p.jsonl, line 4: must have"))
        .anySatisfy(problem -> assertThat(problem).startsWith("5:9: rounds must be"));
  }

  @Test
  void aFileThatIsTooLargeIsRefusedBeforeItIsReadWhole(@TempDir final Path directory)
      throws Exception {
    try (var sparse = new RandomAccessFile(directory.resolve("p.jsonl").toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }

    final long before = allocated();
    assertThat(
            new ConfigurationFile(directory)
                .problems(ConfigurationFile.TARGETS + "workload: { prompts_file: p.jsonl }\n"))
        .singleElement()
        .asString()
        .contains("4:27: prompts_file names a file larger than 64MiB: ");
    assertThat(allocated() - before).isLessThan(256L << 20);
  }

  @Test
  void readingTakesLittleMoreMemoryThanTheTextsThemselves() {
    final byte[] file =
        ("{\"prompt\": \"" + "word ".repeat(2_000) + "\"}\n")
            .repeat(1_000)
            .getBytes(StandardCharsets.UTF_8);
    read(GOOD.getBytes(StandardCharsets.UTF_8));

    final long before = allocated();
    read(file);

    // Each line once as bytes, twice as characters while it is decoded and parsed, and as it stays.
    assertThat(allocated() - before).isLessThan(12L * file.length);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  @Test
  void whateverIsWrittenIsReadBackAndAnyDamageIsReadOrNamedWithAPlace() throws Exception {
    for (int seed = 0; seed < 300; seed++) {
      final Random random = new Random(seed);
      final List<Dialogue> dialogues = new ArrayList<>();
      final ByteArrayOutputStream file = new ByteArrayOutputStream();
      for (int line = random.nextInt(6); line >= 0; line--) {
        final Dialogue dialogue = dialogue(random);
        dialogues.add(dialogue);
        file.write(JSON.writeValueAsBytes(json(dialogue)));
        file.write(
            random.nextBoolean() ? "\r\n".getBytes(StandardCharsets.UTF_8) : new byte[] {10});
      }
      final byte[] bytes = file.toByteArray();

      assertThat(read(bytes)).as("seed %d", seed).isEqualTo(dialogues);
      for (int i = 0; i < 30; i++) {
        final byte[] damaged = bytes.clone();
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        final PromptLineReader reader = new PromptLineReader();
        final List<Dialogue> read = reader.read(damaged);
        assertThat(reader.problems())
            .allSatisfy(problem -> assertThat(problem).matches("(, line [0-9]+: | ).+"));
        assertThat(read.isEmpty() && reader.problems().isEmpty()).isFalse();
      }
    }
  }

  private static Dialogue dialogue(final Random random) {
    final List<Message> messages = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      messages.add(new Message(random.nextBoolean() ? Role.USER : Role.ASSISTANT, text(random)));
    }
    messages.add(new Message(Role.USER, text(random)));
    return new Dialogue(
        random.nextBoolean() ? Optional.of(text(random)) : Optional.empty(),
        messages,
        random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(100)) : OptionalInt.empty());
  }

  private static String text(final Random random) {
    final StringBuilder text = new StringBuilder("x");
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(
          new String[] {"\n", "\"", "\\", "Ä", "\u2028", "\uD83D\uDE00", "\u0000", " a"}
              [random.nextInt(8)]);
    }
    return text.toString();
  }

  private static Map<String, Object> json(final Dialogue dialogue) {
    final List<Map<String, String>> messages = new ArrayList<>();
    dialogue
        .system()
        .ifPresent(system -> messages.add(Map.of("role", "system", "content", system)));
    for (final Message message : dialogue.messages()) {
      messages.add(
          Map.of(
              "role",
              message.role() == Role.USER ? "user" : "assistant",
              "content",
              message.text()));
    }
    return dialogue.maxOutputTokens().isPresent()
        ? Map.of("messages", messages, "max_output_tokens", dialogue.maxOutputTokens().getAsInt())
        : Map.of("messages", messages);
  }

  private static List<String> problems(final String file) {
    final PromptLineReader reader = new PromptLineReader();
    reader.read(file.getBytes(StandardCharsets.UTF_8));
    return reader.problems();
  }

  private static List<Dialogue> read(final byte[] file) {
    final PromptLineReader reader = new PromptLineReader();
    final List<Dialogue> read = reader.read(file);
    assertThat(reader.problems()).isEmpty();
    return read;
  }
}
