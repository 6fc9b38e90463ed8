package dev.latencylens.harness.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.RequestBody;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.stream.StreamRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class AnthropicBodyTest {
  private static String thinking(final Map<String, String> options, final OptionalInt budget)
      throws OptionException {
    final Map<String, JsonNode> nodes = new HashMap<>();
    options.forEach((name, value) -> nodes.put(name, new TextNode(value)));
    final AnthropicBody body = AnthropicBody.of(new TargetOptions(nodes));
    final StreamRequest request =
        new StreamRequest(
            "r1",
            "m",
            Optional.empty(),
            List.of(new StreamRequest.Message(StreamRequest.Role.USER, "Hi")),
            OptionalInt.of(5),
            OptionalDouble.empty(),
            OptionalLong.empty(),
            List.of(),
            Optional.empty(),
            budget,
            List.of(),
            Optional.empty());
    final String written =
        new String(RequestBody.toBytes(request, json -> body.writeFields(request, json)), UTF_8);
    final int at = written.indexOf(",\"thinking\"");
    return at < 0 ? "" : written.substring(at + 1, written.length() - 1);
  }

  @Test
  void withoutABudgetOrAnOptionNothingIsSaidOfThinking() throws OptionException {
    assertThat(thinking(Map.of(), OptionalInt.empty())).isEmpty();
  }

  @Test
  void aBudgetIsWhatOlderModelsTakeAndNoneAtAllTurnsThinkingOff() throws OptionException {
    assertThat(thinking(Map.of(), OptionalInt.of(1024)))
        .isEqualTo("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}");
    assertThat(thinking(Map.of(), OptionalInt.of(0)))
        .isEqualTo("\"thinking\":{\"type\":\"disabled\"}");
  }

  @Test
  void modelsThatThinkAsTheySeeFitGetNoBudget() throws OptionException {
    assertThat(thinking(Map.of("thinking", "adaptive"), OptionalInt.of(1024)))
        .isEqualTo("\"thinking\":{\"type\":\"adaptive\"}");
    assertThat(
            thinking(
                Map.of("thinking", "adaptive", "thinking_display", "summarized"),
                OptionalInt.empty()))
        .isEqualTo("\"thinking\":{\"type\":\"adaptive\",\"display\":\"summarized\"}");
  }

  @Test
  void thinkingThatIsOffHasNothingToShow() {
    assertThatThrownBy(
            () ->
                thinking(
                    Map.of("thinking", "disabled", "thinking_display", "summarized"),
                    OptionalInt.empty()))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("nothing to show");
  }
}
