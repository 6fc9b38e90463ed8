package dev.latencylens.harness.provider.generic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latencylens.harness.provider.ProviderContract;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamEvent.Attributed;
import dev.latencylens.harness.stream.StreamEvent.Content;
import dev.latencylens.harness.stream.StreamEvent.Finished;
import dev.latencylens.harness.stream.StreamEvent.UsageReported;
import dev.latencylens.harness.stream.Usage;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a service that is described in the configuration promises in either framing. */
abstract class GenericContract extends ProviderContract {
  private static final String DESCRIPTION =
      """
      "auth_header": "x-generic-key",
      "request": {
        "model": "${model}",
        "messages": "${messages}",
        "limit": "${max_output_tokens}",
        "sampling": {
          "temperature": "${temperature}",
          "seed": "${seed}",
          "stop": "${stop}"
        },
        "thinking": { "effort": "${reasoning_effort}", "budget": "${thinking_budget}" },
        "tools": "${tools}",
        "note": "for ${model}, up to ${max_output_tokens} tokens at $1",
        "stream": true
      },
      "events": {
        "id": "/id",
        "model": "/model",
        "text": "/delta/text",
        "reasoning": "/delta/thinking",
        "tool_arguments": ["/delta/arguments"],
        "finish_reason": "/why",
        "error_type": "/error/kind",
        "input_tokens": "/counts/in",
        "cached_input_tokens": "/counts/cached",
        "output_tokens": "/counts/out",
        "reasoning_tokens": "/counts/thinking",
        "end_text": "[END]"
      }
      """;

  GenericContract(final String framing, final String path) {
    super(
        new GenericProvider(),
        Described.options(
            "{ \"framing\": \"" + framing + "\", \"path\": \"" + path + "\"," + DESCRIPTION + "}"),
        "generic-" + framing);
  }

  @Override
  protected Map.Entry<String, String> keyHeader() {
    return Map.entry("x-generic-key", "");
  }

  @Override
  protected String errorType() {
    return "overloaded";
  }

  @Override
  protected List<String> errorsWithoutProperType() {
    return List.of(
        "{\"error\":{\"kind\":\"FREETEXT of bob\"}}",
        "{\"error\":{\"kind\":\"" + "x".repeat(65) + "\"}}",
        "{\"error\":{\"kind\":{\"text\":\"FREETEXT\"}}}",
        "{\"error\":{\"kind\":true}}");
  }

  @Override
  protected String eventWithText(final String json) {
    return "{\"delta\":{\"text\":" + json + "}}";
  }

  @Override
  protected List<String> eventsWithoutContent() {
    return List.of(
        "{\"id\":\"a\"}",
        "{\"delta\":{\"text\":\"\"}}",
        "{\"delta\":{\"text\":null,\"thinking\":null,\"arguments\":null}}",
        "{\"delta\":{\"text\":1,\"thinking\":{\"text\":\"no\"}}}",
        "{\"delta\":[{\"text\":\"no\"}]}",
        "{\"delta\":\"no\"}",
        "{\"text\":\"no\"}",
        "{}",
        " ",
        "[END]");
  }

  @Override
  protected int maxTokensOf(final JsonNode body) {
    return body.path("limit").asInt();
  }

  @Test
  void readsAnAnswer() throws BrokenStreamException {
    assertThat(recorded.events("answer"))
        .startsWith(new Attributed(StreamAttribute.RESPONSE_ID, "gen-7f3a"))
        .contains(
            new Attributed(StreamAttribute.MODEL, "some-model-2"),
            new Finished("stop"),
            new UsageReported(usage(12, OptionalLong.of(4), 7, OptionalLong.of(0))));
  }

  @Test
  void reasoningThatIsSeenIsStreamed() throws BrokenStreamException {
    assertThat(recorded.events("reasoning"))
        .contains(
            new Finished("length"),
            new UsageReported(usage(21, OptionalLong.of(0), 9, OptionalLong.of(4))));
  }

  @Test
  void readsToolArguments() throws BrokenStreamException {
    assertThat(recorded.events("tool-call"))
        .contains(new Finished("tool"))
        .filteredOn(Content.class::isInstance)
        .containsExactly(
            new Content(ContentKind.TOOL_ARGUMENTS, "{\"city\":"),
            new Content(ContentKind.TOOL_ARGUMENTS, "\"Zürich\"}"));
  }

  @Test
  void readsAServerThatDeviates() throws BrokenStreamException {
    assertThat(recorded.events("deviating"))
        .startsWith(
            new Content(ContentKind.TEXT, "Ja"),
            new Content(ContentKind.TEXT, "wohl"),
            new UsageReported(usage(3, OptionalLong.empty(), 2, OptionalLong.empty())),
            new Finished("stop"));
  }

  private static Usage usage(
      final long input,
      final OptionalLong cached,
      final long output,
      final OptionalLong reasoning) {
    return new Usage(
        OptionalLong.of(input), cached, OptionalLong.of(output), reasoning, OptionalLong.of(0));
  }
}
