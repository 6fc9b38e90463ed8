package dev.latencylens.harness.config;

import dev.latencylens.harness.stream.StreamRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a model is asked to generate, beside the prompt. What is absent is not sent, and the
 * service's own default holds; what a service does not know is not sent to it.
 *
 * @param temperature sampling temperature, from 0 to 2
 * @param seed sampling seed
 * @param stop texts that end generation
 * @param reasoningEffort how much to think, in the service's own word
 * @param thinkingBudget the most tokens to think, from 0
 * @param tools functions that the model may call
 * @param outputTokens whether answers may end before their limit
 */
public record ModelSettings(
    OptionalDouble temperature,
    OptionalLong seed,
    List<String> stop,
    Optional<String> reasoningEffort,
    OptionalInt thinkingBudget,
    List<StreamRequest.Tool> tools,
    OutputTokens outputTokens) {

  /** Nothing is asked for. */
  public static final ModelSettings NONE =
      new ModelSettings(
          OptionalDouble.empty(),
          OptionalLong.empty(),
          List.of(),
          Optional.empty(),
          OptionalInt.empty(),
          List.of(),
          OutputTokens.AT_MOST);

  /** Copies the lists. */
  public ModelSettings {
    stop = List.copyOf(stop);
    tools = List.copyOf(tools);
  }
}
