package dev.latencylens.harness.config;

import dev.latencylens.harness.stream.StreamRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The keys of the section {@code workload} that say where prompts come from. */
final class PromptsSchema {
  /** With the answers to all but the last of them, as many messages as a dialogue may have. */
  private static final int MOST_TURNS = Dialogue.MOST_MESSAGES / 2;

  /** A turn of a conversation; the last one has no answer. */
  private record Turn(String user, Optional<String> assistant) {}

  private static final Key<Turn, String> USER =
      Key.required("user", promptType(), Turn::user, "What the user says.");

  private static final Key<Turn, String> ASSISTANT =
      Key.optional(
          "assistant", promptType(), "what is asked for", Turn::assistant, "What was answered.");

  private static final Section<Turn> TURN =
      new Section<>(
          List.of(USER, ASSISTANT),
          values -> Optional.of(new Turn(values.get(USER), values.find(ASSISTANT))));

  private static final Key<Prompts.Generated, TokenRange> INPUT_TOKENS =
      Key.required(
          "input_tokens",
          new TokenRangeType(
              Prompts.Generated.LEAST_INPUT_TOKENS, Prompts.Generated.MOST_INPUT_TOKENS),
          Prompts.Generated::inputTokens,
          "The length of each generated prompt.");

  private static final Key<Prompts.Generated, TokenRange> OUTPUT_TOKENS =
      Key.required(
          "output_tokens",
          new TokenRangeType(1, Workload.MOST_OUTPUT_TOKENS),
          Prompts.Generated::outputTokens,
          "The length of the answer: it is asked for, and the most that may be generated.");

  static final Key<Workload, String> PROMPT =
      Key.optional(
          "prompt",
          promptType(),
          "a greeting",
          workload -> of(workload, Prompts.Text.class).map(Prompts.Text::text),
          "What every request asks.");

  static final Key<Workload, Prompts.TextFile> PROMPT_FILE =
      Key.optional(
          "prompt_file",
          new ScalarType<>(
              "the path of a text file",
              Set.of(Tag.STR),
              (text, reading) -> Optional.of(PromptFile.text(text, reading.directory())),
              PromptsSchema::plain),
          "none",
          workload -> of(workload, Prompts.TextFile.class),
          "A text file in UTF-8 that every request asks, relative to the configuration.");

  static final Key<Workload, Prompts.Lines> PROMPTS_FILE =
      Key.optional(
          "prompts_file",
          new PromptLinesType(),
          "none",
          workload -> of(workload, Prompts.Lines.class),
          "A file with one prompt a line in JSON, relative to the configuration.");

  static final Key<Workload, Prompts.Lines.Order> ORDER =
      Key.optional(
          "order",
          Types.oneOf(Prompts.Lines.Order.class),
          "in_turn",
          workload -> of(workload, Prompts.Lines.class).map(Prompts.Lines::order),
          "In which order the lines of prompts_file are asked.");

  static final Key<Workload, Prompts.Generated> GENERATE =
      Key.optional(
          "generate",
          new Section<>(
              List.of(INPUT_TOKENS, OUTPUT_TOKENS),
              values ->
                  Optional.of(
                      new Prompts.Generated(values.get(INPUT_TOKENS), values.get(OUTPUT_TOKENS)))),
          "none",
          workload -> of(workload, Prompts.Generated.class),
          "A prompt of its own for each request, made from the seed.");

  static final Key<Workload, List<Turn>> CONVERSATION =
      Key.optional(
          "conversation",
          new ListType<>(TURN, MOST_TURNS),
          "none",
          workload -> of(workload, Prompts.Conversation.class).map(PromptsSchema::turns),
          "The turns of a conversation whose last one every request asks.");

  private static final List<Key<Workload, ?>> SOURCES =
      List.of(PROMPT, PROMPT_FILE, PROMPTS_FILE, GENERATE, CONVERSATION);

  private PromptsSchema() {}

  private static <T extends Prompts> Optional<T> of(final Workload workload, final Class<T> kind) {
    return Optional.of(workload.prompts()).filter(kind::isInstance).map(kind::cast);
  }

  /** Where the prompts of a section come from; empty if it does not say so clearly. */
  static Optional<Prompts> read(final Values values) {
    final List<Key<Workload, ?>> given = SOURCES.stream().filter(values::isGiven).toList();
    boolean clear = given.size() <= 1;
    for (final Key<Workload, ?> more : given.subList(Math.min(1, given.size()), given.size())) {
      values.problem(
          more,
          more.name()
              + " can't stand beside "
              + given.get(0).name()
              + ": prompts come from one place");
    }
    if (values.isGiven(ORDER) && !values.isGiven(PROMPTS_FILE)) {
      values.problem(ORDER, "order has no effect without prompts_file");
      clear = false;
    }
    if (values.isGiven(CONVERSATION) && !alternates(values)) {
      clear = false;
    }
    return clear ? Optional.of(source(values)) : Optional.empty();
  }

  private static Prompts source(final Values values) {
    return values
        .find(PROMPT)
        .<Prompts>map(Prompts.Text::new)
        .or(() -> values.find(PROMPT_FILE))
        .or(
            () ->
                values
                    .find(PROMPTS_FILE)
                    .map(lines -> values.find(ORDER).map(lines::ordered).orElse(lines)))
        .or(() -> values.find(GENERATE))
        .or(() -> values.find(CONVERSATION).map(PromptsSchema::conversation))
        .orElseGet(Workload.DEFAULT::prompts);
  }

  private static boolean alternates(final Values values) {
    final List<Turn> turns = values.get(CONVERSATION);
    final List<Node> places = ((SequenceNode) values.place(CONVERSATION)).getValue();
    boolean alternates = true;
    for (int i = 0; i < turns.size(); i++) {
      final boolean last = i == turns.size() - 1;
      if (last == turns.get(i).assistant().isPresent()) {
        values.problem(
            places.get(i),
            last
                ? "the last turn has user alone: its answer is what is asked for"
                : "a turn before the last one needs assistant, what was answered");
        alternates = false;
      }
    }
    return alternates;
  }

  private static Prompts.Conversation conversation(final List<Turn> turns) {
    final List<StreamRequest.Message> messages = new ArrayList<>();
    for (final Turn turn : turns) {
      messages.add(new StreamRequest.Message(StreamRequest.Role.USER, turn.user()));
      turn.assistant()
          .ifPresent(
              text -> messages.add(new StreamRequest.Message(StreamRequest.Role.ASSISTANT, text)));
    }
    return new Prompts.Conversation(messages);
  }

  private static List<Turn> turns(final Prompts.Conversation conversation) {
    final List<StreamRequest.Message> messages = conversation.messages();
    final List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < messages.size(); i += 2) {
      turns.add(
          new Turn(
              messages.get(i).text(),
              i + 1 < messages.size()
                  ? Optional.of(messages.get(i + 1).text())
                  : Optional.empty()));
    }
    return turns;
  }

  /**
   * A text that is sent. Prompts can be private: whoever has one can recognise it in the manifest,
   * and nobody can read it.
   */
  static ValueType<String> promptType() {
    return new ScalarType<>(
        "text that is not blank, of at most "
            + Quantities.formatBytes(Workload.MOST_PROMPT_BYTES)
            + " in UTF-8",
        Set.of(Tag.STR),
        (text, reading) -> Optional.of(text).filter(Workload::isPrompt),
        Sha256::fingerprint,
        true);
  }

  private static Map<String, Object> plain(final Prompts.TextFile prompt) {
    final Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("file", prompt.file());
    plain.putAll(Sha256.fingerprint(prompt.text()));
    return plain;
  }
}
