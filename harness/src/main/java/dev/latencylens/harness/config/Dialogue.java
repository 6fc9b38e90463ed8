package dev.latencylens.harness.config;

import dev.latencylens.harness.stream.StreamRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one request says.
 *
 * @param system the system prompt, instead of the workload's; the workload's holds if empty
 * @param messages the turns so far, from 1 to {@link #MOST_MESSAGES}; the last one is a user's
 * @param maxOutputTokens the most tokens to generate, instead of the workload's, from 1 to {@link
 *     Workload#MOST_OUTPUT_TOKENS}
 */
public record Dialogue(
    Optional<String> system, List<StreamRequest.Message> messages, OptionalInt maxOutputTokens) {

  /** The most messages of one request. */
  public static final int MOST_MESSAGES = 1_000;

  /**
   * Copies the list and checks the ranges.
   *
   * @throws IllegalArgumentException if a text is no prompt, the last message is not a user's, or a
   *     number is out of range
   */
  public Dialogue {
    messages = List.copyOf(messages);
    if (messages.isEmpty() || messages.size() > MOST_MESSAGES) {
      throw new IllegalArgumentException("needs from 1 to " + MOST_MESSAGES + " messages");
    }
    if (messages.get(messages.size() - 1).role() != StreamRequest.Role.USER) {
      throw new IllegalArgumentException("must end with a message of the user: nothing is asked");
    }
    system.ifPresent(Dialogue::requirePrompt);
    messages.forEach(message -> requirePrompt(message.text()));
    if (maxOutputTokens.isPresent()) {
      Workload.requireMaxOutputTokens(maxOutputTokens.getAsInt());
    }
  }

  /**
   * One user message and nothing else.
   *
   * @param prompt what the user says
   * @return the dialogue
   */
  static Dialogue of(final String prompt) {
    return new Dialogue(
        Optional.empty(),
        List.of(new StreamRequest.Message(StreamRequest.Role.USER, prompt)),
        OptionalInt.empty());
  }

  private static void requirePrompt(final String text) {
    if (!Workload.isPrompt(text)) {
      throw new IllegalArgumentException("has a text that is " + Workload.NO_PROMPT);
    }
  }
}
