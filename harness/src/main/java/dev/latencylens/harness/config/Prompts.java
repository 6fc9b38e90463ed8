package dev.latencylens.harness.config;

import dev.latencylens.harness.stream.StreamRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Where the prompts of a workload come from. Files were read when the configuration was. */
public sealed interface Prompts {

  /**
   * All that was given to be asked, in its order.
   *
   * @return empty if prompts are generated
   */
  List<Dialogue> given();

  /**
   * Where one of {@link #given()} stands.
   *
   * @param index its index, from 0
   * @return words for a person, such as {@code line 3 of prompts.jsonl}
   */
  String place(int index);

  /**
   * The key {@code prompt}.
   *
   * @param text what every request asks
   */
  record Text(String text) implements Prompts {
    /** Checks the text. */
    public Text {
      requirePrompt("the prompt", text);
    }

    @Override
    public List<Dialogue> given() {
      return List.of(Dialogue.of(text));
    }

    @Override
    public String place(final int index) {
      return "the prompt";
    }
  }

  /**
   * The key {@code prompt_file}.
   *
   * @param file the file's name, without its directory
   * @param text its content, which every request asks
   */
  record TextFile(String file, String text) implements Prompts {
    /** Checks the text. */
    public TextFile {
      requirePrompt("the prompt file", text);
    }

    @Override
    public List<Dialogue> given() {
      return List.of(Dialogue.of(text));
    }

    @Override
    public String place(final int index) {
      return file;
    }
  }

  /**
   * The key {@code prompts_file}: request after request asks the next line, and after the last line
   * the first again.
   *
   * @param file the file's name, without its directory
   * @param sha256 the SHA-256 of its bytes, in hexadecimal digits
   * @param order in which order they are asked
   * @param lines what its lines say, from 1 to {@link #MOST_LINES}
   */
  record Lines(String file, String sha256, Order order, List<Dialogue> lines) implements Prompts {
    /** The most lines of a file. */
    public static final int MOST_LINES = 100_000;

    /** The largest file, in bytes: 64 MiB. */
    public static final int MOST_BYTES = 64 << 20;

    /** Copies the list, and checks that there is something to ask. */
    public Lines {
      lines = List.copyOf(lines);
      if (lines.isEmpty() || lines.size() > MOST_LINES) {
        throw new IllegalArgumentException("a file of prompts has from 1 to 100000 lines");
      }
    }

    /** In which order the lines are asked. */
    public enum Order {
      /** As they stand. */
      IN_TURN,
      /** In an order that the seed gives, another one for each block. */
      SHUFFLED
    }

    /** The same lines in another order. */
    Lines ordered(final Order other) {
      return new Lines(file, sha256, other, lines);
    }

    @Override
    public List<Dialogue> given() {
      return lines;
    }

    @Override
    public String place(final int index) {
      return "line " + (index + 1) + " of " + file;
    }
  }

  /**
   * The key {@code conversation}: every request asks its last turn.
   *
   * @param messages the user's and the model's in turns, the first and the last one the user's
   */
  record Conversation(List<StreamRequest.Message> messages) implements Prompts {
    /** Copies the list and checks whose turn it is. */
    public Conversation {
      messages = List.copyOf(messages);
      for (int i = 0; i < messages.size(); i++) {
        final boolean user = messages.get(i).role() == StreamRequest.Role.USER;
        if (user != (i % 2 == 0)) {
          throw new IllegalArgumentException("user and assistant must speak in turns");
        }
      }
      dialogue(messages);
    }

    @Override
    public List<Dialogue> given() {
      return List.of(dialogue(messages));
    }

    @Override
    public String place(final int index) {
      return "the conversation";
    }

    private static Dialogue dialogue(final List<StreamRequest.Message> messages) {
      return new Dialogue(Optional.empty(), messages, OptionalInt.empty());
    }
  }

  /**
   * The key {@code generate}: each request asks a text of its own, made from the seed.
   *
   * @param inputTokens the length of the user's message, by the generator's estimate, from {@link
   *     #LEAST_INPUT_TOKENS} to {@link #MOST_INPUT_TOKENS}
   * @param outputTokens the most tokens to generate, and how many are asked for
   */
  record Generated(TokenRange inputTokens, TokenRange outputTokens) implements Prompts {
    /** Room for the instruction, and for enough words that no two prompts are alike. */
    public static final int LEAST_INPUT_TOKENS = 32;

    /** Somewhat less than a MiB of text. */
    public static final int MOST_INPUT_TOKENS = 150_000;

    /** Checks the ranges. */
    public Generated {
      if (inputTokens.min() < LEAST_INPUT_TOKENS || inputTokens.max() > MOST_INPUT_TOKENS) {
        throw new IllegalArgumentException("input_tokens must be from 32 to 150000");
      }
      Workload.requireMaxOutputTokens(outputTokens.max());
    }

    @Override
    public List<Dialogue> given() {
      return List.of();
    }

    @Override
    public String place(final int index) {
      throw new IndexOutOfBoundsException("nothing is given: prompts are generated");
    }
  }

  private static void requirePrompt(final String what, final String text) {
    if (!Workload.isPrompt(text)) {
      throw new IllegalArgumentException(what + " is " + Workload.NO_PROMPT);
    }
  }
}
