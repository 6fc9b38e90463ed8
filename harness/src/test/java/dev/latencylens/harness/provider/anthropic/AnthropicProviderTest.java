package dev.latencylens.harness.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latencylens.harness.provider.ProviderContract;
import dev.latencylens.harness.provider.Recorded;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamEvent.Attributed;
import dev.latencylens.harness.stream.StreamEvent.Content;
import dev.latencylens.harness.stream.StreamEvent.Finished;
import dev.latencylens.harness.stream.StreamEvent.Terminated;
import dev.latencylens.harness.stream.StreamEvent.UsageReported;
import dev.latencylens.harness.stream.Usage;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class AnthropicProviderTest extends ProviderContract {
  private static final OptionalLong NONE = OptionalLong.empty();

  AnthropicProviderTest() {
    super(new AnthropicProvider());
  }

  @Override
  protected Map.Entry<String, String> keyHeader() {
    return Map.entry("x-api-key", "");
  }

  @Override
  protected String errorType() {
    return "overloaded_error";
  }

  @Override
  protected String eventWithText(final String json) {
    return "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":"
        + json
        + "}}";
  }

  @Override
  protected List<String> eventsWithoutContent() {
    return List.of(
        "{\"type\":\"ping\"}",
        "{\"type\":\"message_start\",\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"no\"}]}}",
        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"input\":{\"text\":\"no\"}}}",
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"\"}}",
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"\"}}",
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"AA\"}}",
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"\"}}",
        "{\"type\":\"content_block_stop\",\"index\":0}",
        "{\"type\":\"a_new_event\",\"delta\":{\"type\":\"text_delta\",\"text\":\"no\"}}",
        "{}",
        " ");
  }

  @Override
  protected int maxTokensOf(final JsonNode body) {
    return body.path("max_tokens").asInt();
  }

  private static UsageReported usage(
      final long input,
      final OptionalLong output,
      final OptionalLong reasoning,
      final OptionalLong unstreamed) {
    return new UsageReported(
        new Usage(OptionalLong.of(input), OptionalLong.of(0), output, reasoning, unstreamed));
  }

  @Test
  void readsAnAnswer() throws BrokenStreamException {
    assertThat(Recorded.events(provider, "answer.sse"))
        .containsExactly(
            new Attributed(StreamAttribute.MODEL, "claude-opus-5-5"),
            new Attributed(StreamAttribute.RESPONSE_ID, "msg_01"),
            new Attributed(StreamAttribute.SERVICE_TIER, "standard"),
            new UsageReported(
                new Usage(OptionalLong.of(12), OptionalLong.of(4), NONE, NONE, OptionalLong.of(0))),
            new Content(ContentKind.TEXT, "Hé"),
            new Content(ContentKind.TEXT, "llo 🌍"),
            new Content(ContentKind.TEXT, ", \"wor\\ld\"\n"),
            new Content(ContentKind.TEXT, "."),
            new Finished("end_turn"),
            new UsageReported(
                new Usage(
                    OptionalLong.of(12),
                    OptionalLong.of(4),
                    OptionalLong.of(7),
                    OptionalLong.of(0),
                    OptionalLong.of(0))),
            new Terminated());
  }

  @Test
  void knowsNoSplitWhereThinkingWasShownAsASummary() throws BrokenStreamException {
    assertThat(Recorded.events(provider, "reasoning.sse"))
        .contains(
            new Finished("max_tokens"),
            usage(12, OptionalLong.of(300), OptionalLong.of(280), NONE));
  }

  @Test
  void countsThinkingThatWasNotShownAsUnstreamed() throws BrokenStreamException {
    assertThat(Recorded.events(provider, "thinking-omitted.sse"))
        .contains(usage(12, OptionalLong.of(300), OptionalLong.of(280), OptionalLong.of(280)));
  }

  @Test
  void knowsNoSplitWhereThinkingCameAndWasNotCounted() throws BrokenStreamException {
    assertThat(Recorded.events(provider, "thinking-uncounted.sse"))
        .contains(usage(12, OptionalLong.of(300), NONE, NONE));
  }

  @Test
  void readsToolArguments() throws BrokenStreamException {
    assertThat(Recorded.events(provider, "tool-use.sse"))
        .contains(new Finished("tool_use"))
        .filteredOn(Content.class::isInstance)
        .containsExactly(
            new Content(ContentKind.TEXT, "Let me look."),
            new Content(ContentKind.TOOL_ARGUMENTS, "{\"city\":"),
            new Content(ContentKind.TOOL_ARGUMENTS, " \"Zürich\"}"));
  }

  @Test
  void readsAServerThatDeviates() throws BrokenStreamException {
    final Usage first = new Usage(OptionalLong.of(3), NONE, NONE, NONE, OptionalLong.of(0));
    final Usage last =
        new Usage(OptionalLong.of(3), NONE, OptionalLong.of(5), NONE, OptionalLong.of(0));

    assertThat(Recorded.events(provider, "deviating.sse"))
        .containsExactly(
            new Attributed(StreamAttribute.MODEL, "claude-opus-5-5"),
            new UsageReported(first),
            new Content(ContentKind.TEXT, "Ja"),
            new Content(ContentKind.TEXT, "wohl"),
            new Finished("stop_sequence"),
            new UsageReported(last),
            new Terminated());
  }
}
