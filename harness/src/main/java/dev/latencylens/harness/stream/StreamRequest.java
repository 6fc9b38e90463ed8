package dev.latencylens.harness.stream;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One request for a streamed answer, in no provider's dialect.
 *
 * @param id this request's id within the run, for records and logs; never sent
 * @param model the model id, as the service knows it; any value is passed on
 * @param system the system prompt
 * @param messages the conversation, at least one message
 * @param maxOutputTokens the most tokens to generate, from 1
 * @param temperature sampling temperature
 * @param seed sampling seed, where the service takes one
 * @param stop texts that end generation
 * @param reasoningEffort how much to think, in the service's own word, such as {@code low}
 * @param thinkingBudget the most tokens to think, from 0, where the service takes such a limit
 * @param tools functions that the model may call
 * @param extraBody a JSON object whose fields are laid over those of the body, for what this record
 *     does not know
 * @param exactOutput whether the answer is to be as long as {@code maxOutputTokens} says, and no
 *     shorter; for services that can be told so
 */
public record StreamRequest(
    String id,
    String model,
    Optional<String> system,
    List<Message> messages,
    OptionalInt maxOutputTokens,
    OptionalDouble temperature,
    OptionalLong seed,
    List<String> stop,
    Optional<String> reasoningEffort,
    OptionalInt thinkingBudget,
    List<Tool> tools,
    Optional<String> extraBody,
    boolean exactOutput) {

  /** Who speaks in a conversation. */
  public enum Role {
    /** The person, or the program in their place. */
    USER,
    /** The model. */
    ASSISTANT
  }

  /**
   * One turn of the conversation.
   *
   * @param role who speaks
   * @param text what is said
   */
  public record Message(Role role, String text) {}

  /**
   * A function that the model may call.
   *
   * @param name its name
   * @param description what it does
   * @param parameters the JSON Schema of its arguments, as JSON text
   */
  public record Tool(String name, String description, String parameters) {}

  /** Copies the lists and checks that there is something to answer. */
  public StreamRequest {
    messages = List.copyOf(messages);
    stop = List.copyOf(stop);
    tools = List.copyOf(tools);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("a request needs at least one message");
    }
  }

  /**
   * A request whose answer may end before the limit.
   *
   * @param id this request's id within the run
   * @param model the model id
   * @param system the system prompt
   * @param messages the conversation, at least one message
   * @param maxOutputTokens the most tokens to generate
   * @param temperature sampling temperature
   * @param seed sampling seed
   * @param stop texts that end generation
   * @param reasoningEffort how much to think
   * @param thinkingBudget the most tokens to think
   * @param tools functions that the model may call
   * @param extraBody laid over the body
   */
  public StreamRequest(
      final String id,
      final String model,
      final Optional<String> system,
      final List<Message> messages,
      final OptionalInt maxOutputTokens,
      final OptionalDouble temperature,
      final OptionalLong seed,
      final List<String> stop,
      final Optional<String> reasoningEffort,
      final OptionalInt thinkingBudget,
      final List<Tool> tools,
      final Optional<String> extraBody) {
    this(
        id,
        model,
        system,
        messages,
        maxOutputTokens,
        temperature,
        seed,
        stop,
        reasoningEffort,
        thinkingBudget,
        tools,
        extraBody,
        false);
  }

  /**
   * A request with one user message and nothing else said.
   *
   * @param id this request's id within the run
   * @param model the model id
   * @param prompt the user's message
   * @param maxOutputTokens the most tokens to generate
   * @return the request
   */
  public static StreamRequest of(
      final String id, final String model, final String prompt, final int maxOutputTokens) {
    return new StreamRequest(
        id,
        model,
        Optional.empty(),
        List.of(new Message(Role.USER, prompt)),
        OptionalInt.of(maxOutputTokens),
        OptionalDouble.empty(),
        OptionalLong.empty(),
        List.of(),
        Optional.empty(),
        OptionalInt.empty(),
        List.of(),
        Optional.empty());
  }

  /**
   * The same request under another id.
   *
   * @param other the id within the run
   * @return a copy
   */
  public StreamRequest withId(final String other) {
    return new StreamRequest(
        other,
        model,
        system,
        messages,
        maxOutputTokens,
        temperature,
        seed,
        stop,
        reasoningEffort,
        thinkingBudget,
        tools,
        extraBody,
        exactOutput);
  }
}
