package dev.latencylens.harness.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamEvent.Attributed;
import dev.latencylens.harness.stream.StreamEvent.Content;
import dev.latencylens.harness.stream.StreamEvent.Finished;
import dev.latencylens.harness.stream.StreamEvent.Terminated;
import dev.latencylens.harness.stream.StreamEvent.UsageReported;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.stream.Usage;
import java.net.URI;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class AnthropicProviderTest extends AnthropicContract {
  private static final OptionalLong NONE = OptionalLong.empty();

  AnthropicProviderTest() {
    super(new AnthropicProvider(), TargetOptions.NONE, "anthropic");
  }

  @Override
  protected Map.Entry<String, String> keyHeader() {
    return Map.entry("x-api-key", "");
  }

  private static UsageReported usage(
      final long input,
      final OptionalLong output,
      final OptionalLong reasoning,
      final OptionalLong unstreamed) {
    return new UsageReported(
        new Usage(
            OptionalLong.of(input),
            OptionalLong.of(0),
            output,
            reasoning,
            unstreamed,
            OptionalLong.of(0)));
  }

  @Test
  void readsAnAnswer() throws BrokenStreamException {
    assertThat(recorded.events("answer.sse"))
        .containsExactly(
            new Attributed(StreamAttribute.MODEL, "claude-opus-5-5"),
            new Attributed(StreamAttribute.RESPONSE_ID, "msg_01"),
            new Attributed(StreamAttribute.SERVICE_TIER, "standard"),
            new Attributed(StreamAttribute.REGION, "global"),
            new UsageReported(
                new Usage(
                    OptionalLong.of(12),
                    OptionalLong.of(4),
                    NONE,
                    NONE,
                    OptionalLong.of(0),
                    OptionalLong.of(2))),
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
                    OptionalLong.of(0),
                    OptionalLong.of(2))),
            new Terminated());
  }

  @Test
  void knowsNoSplitWhereThinkingWasShownAsASummary() throws BrokenStreamException {
    assertThat(recorded.events("reasoning.sse"))
        .contains(
            new Finished("max_tokens"),
            usage(12, OptionalLong.of(300), OptionalLong.of(280), NONE));
  }

  @Test
  void countsThinkingThatWasNotShownAsUnstreamed() throws BrokenStreamException {
    assertThat(recorded.events("thinking-omitted.sse"))
        .contains(usage(12, OptionalLong.of(300), OptionalLong.of(280), OptionalLong.of(280)));
  }

  @Test
  void aPlaceThatIsNotAvailableIsNoRegion() throws BrokenStreamException {
    assertThat(recorded.text("thinking-omitted")).contains("not_available");
    assertThat(recorded.events("thinking-omitted"))
        .noneMatch(
            event ->
                event instanceof Attributed said && said.attribute() == StreamAttribute.REGION);
  }

  @Test
  void theVersionOfTheApiIsThatOfTheTarget() throws OptionException {
    final StreamApi newer =
        provider.api(new TargetOptions(Map.of("api_version", new TextNode("2026-10-21"))));

    assertThat(versionAskedOf(api)).isEqualTo("2023-06-01");
    assertThat(versionAskedOf(newer)).isEqualTo("2026-10-21");
  }

  private static String versionAskedOf(final StreamApi asked) {
    return asked
        .encode(URI.create("https://host"), StreamRequest.of("r", "m", "p", 1))
        .headers()
        .stream()
        .filter(header -> header.name().equals("anthropic-version"))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void knowsNoSplitWhereThinkingCameAndWasNotCounted() throws BrokenStreamException {
    assertThat(recorded.events("thinking-uncounted.sse"))
        .contains(usage(12, OptionalLong.of(300), NONE, NONE));
  }

  @Test
  void readsToolArguments() throws BrokenStreamException {
    assertThat(recorded.events("tool-use.sse"))
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

    assertThat(recorded.events("deviating.sse"))
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
