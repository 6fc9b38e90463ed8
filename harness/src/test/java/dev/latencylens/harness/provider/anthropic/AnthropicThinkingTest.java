package dev.latencylens.harness.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.RequestBody;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.stream.StreamRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the many ways to ask for thinking, or for none, are written. */
final class AnthropicThinkingTest {
  private static TargetOptions options(final String thinking, final String display) {
    final Map<String, JsonNode> options = new HashMap<>();
    if (!thinking.isEmpty()) {
      options.put("thinking", new TextNode(thinking));
    }
    if (!display.isEmpty()) {
      options.put("thinking_display", new TextNode(display));
    }
    return new TargetOptions(options);
  }

  private static JsonNode written(
      final TargetOptions options, final OptionalInt budget, final Optional<String> effort)
      throws OptionException, IOException {
    final AnthropicBody body = AnthropicBody.of(options);
    final StreamRequest request =
        new StreamRequest(
            "r",
            "m",
            Optional.empty(),
            List.of(new StreamRequest.Message(StreamRequest.Role.USER, "Hi")),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalLong.of(7),
            List.of(),
            effort,
            budget,
            List.of(),
            Optional.empty());
    return new ObjectMapper()
        .readTree(RequestBody.toBytes(request, json -> body.writeFields(request, json)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "''            | ''         | -1   | ''",
        "''            | ''         | 2048 | {\"type\":\"enabled\",\"budget_tokens\":2048}",
        "''            | summarized | 2048 | {\"type\":\"enabled\",\"budget_tokens\":2048,\"display\":\"summarized\"}",
        "''            | ''         | 0    | {\"type\":\"disabled\"}",
        "''            | omitted    | 0    | {\"type\":\"disabled\"}",
        "''            | omitted    | -1   | {\"type\":\"adaptive\",\"display\":\"omitted\"}",
        "adaptive      | ''         | -1   | {\"type\":\"adaptive\"}",
        "adaptive      | summarized | -1   | {\"type\":\"adaptive\",\"display\":\"summarized\"}",
        "adaptive      | ''         | 2048 | {\"type\":\"adaptive\"}",
        "disabled      | ''         | 2048 | {\"type\":\"disabled\"}",
        "between_tools | ''         | -1   | {\"type\":\"between_tools\"}"
      })
  void theTargetSaysHowItThinksElseTheBudgetDoes(
      final String thinking, final String display, final int budget, final String expected)
      throws OptionException, IOException {
    final JsonNode body =
        written(
            options(thinking, display),
            budget < 0 ? OptionalInt.empty() : OptionalInt.of(budget),
            Optional.empty());

    assertThat(body.path("thinking").toString()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"disabled", "between_tools"})
  void aDisplayIsRefusedWhereThereIsNothingToShow(final String thinking) {
    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(() -> AnthropicBody.of(options(thinking, "summarized")))
        .satisfies(refused -> assertThat(refused.option()).isEqualTo("thinking_display"));
  }

  @Test
  void theEffortIsPassedOnInTheServicesOwnWord() throws OptionException, IOException {
    final JsonNode body =
        written(TargetOptions.NONE, OptionalInt.empty(), Optional.of("some-new-effort"));

    assertThat(body.path("output_config").toString()).isEqualTo("{\"effort\":\"some-new-effort\"}");
    assertThat(body.has("thinking")).isFalse();
  }

  @Test
  void whatTheApiDoesNotKnowOrIsWrittenElsewhereIsNotInIt() throws OptionException, IOException {
    final JsonNode body = written(TargetOptions.NONE, OptionalInt.empty(), Optional.empty());

    assertThat(body.fieldNames()).toIterable().containsExactlyInAnyOrder("max_tokens", "messages");
  }
}
