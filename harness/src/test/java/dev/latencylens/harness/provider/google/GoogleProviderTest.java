package dev.latencylens.harness.provider.google;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import dev.latencylens.harness.stream.StreamEvent.UsageReported;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.stream.Usage;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class GoogleProviderTest extends ProviderContract {
  private static final OptionalLong NONE = OptionalLong.empty();

  GoogleProviderTest() {
    super(new GoogleProvider());
  }

  @Override
  protected Map.Entry<String, String> keyHeader() {
    return Map.entry("x-goog-api-key", "");
  }

  @Override
  protected String errorType() {
    return "UNAVAILABLE";
  }

  @Override
  protected String eventWithText(final String json) {
    return "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":"
        + json
        + "}],\"role\":\"model\"}}]}";
  }

  @Override
  protected List<String> eventsWithoutContent() {
    return List.of(
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}],\"role\":\"model\"}}]}",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\",\"thought\":true}]}}]}",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"thoughtSignature\":\"AA\"}]}}]}",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":null}}]}}]}",
        "{\"candidates\":[{\"content\":{\"role\":\"model\"}}]}",
        "{\"candidates\":[{\"content\":{}}]}",
        "{\"candidates\":[{\"index\":0}]}",
        "{\"candidates\":[]}",
        "{\"usageMetadata\":{\"promptTokenCount\":3}}",
        "{}",
        " ");
  }

  @Override
  protected int maxTokensOf(final JsonNode body) {
    return body.path("generationConfig").path("maxOutputTokens").asInt();
  }

  private static UsageReported usage(
      final long input,
      final long output,
      final OptionalLong reasoning,
      final OptionalLong unstreamed) {
    return new UsageReported(
        new Usage(OptionalLong.of(input), NONE, OptionalLong.of(output), reasoning, unstreamed));
  }

  @Test
  void readsAnAnswerAndReportsItsUsageAtTheEnd() throws BrokenStreamException {
    assertThat(Recorded.events(provider, "answer.sse"))
        .filteredOn(event -> !event.equals(usage(12, 0, NONE, OptionalLong.of(0))))
        .containsSubsequence(
            new Attributed(StreamAttribute.MODEL, "gemini-2.5-flash"),
            new Attributed(StreamAttribute.RESPONSE_ID, "rQ1"),
            new Content(ContentKind.TEXT, "Hé"),
            new Content(ContentKind.TEXT, "."),
            new Finished("STOP"),
            new UsageReported(
                new Usage(
                    OptionalLong.of(12),
                    OptionalLong.of(4),
                    OptionalLong.of(7),
                    NONE,
                    OptionalLong.of(0))));
  }

  @Test
  void knowsNoSplitWhereThoughtsWereShownAsASummary() throws BrokenStreamException {
    assertThat(Recorded.events(provider, "reasoning.sse"))
        .endsWith(new Finished("MAX_TOKENS"), usage(12, 100, OptionalLong.of(90), NONE));
  }

  @Test
  void countsThoughtsThatWereNotShownAsUnstreamed() throws BrokenStreamException {
    assertThat(Recorded.events(provider, "thoughts-hidden.sse"))
        .endsWith(new Finished("STOP"), usage(12, 66, OptionalLong.of(64), OptionalLong.of(64)));
  }

  @Test
  void readsAFunctionCallAsOnePieceOfArguments() throws BrokenStreamException {
    assertThat(Recorded.events(provider, "function-call.sse"))
        .filteredOn(Content.class::isInstance)
        .containsExactly(
            new Content(
                ContentKind.TOOL_ARGUMENTS,
                "{\"city\":\"Zürich\",\"days\":[1,2.5],\"exact\":true}"));
  }

  @Test
  void aBlockedPromptFinishesWithItsReason() throws BrokenStreamException {
    assertThat(Recorded.events(provider, "blocked.sse"))
        .contains(new Finished("PROHIBITED_CONTENT"))
        .noneMatch(Content.class::isInstance);
  }

  @Test
  void readsAServerThatDeviates() throws BrokenStreamException {
    assertThat(Recorded.events(provider, "deviating.sse"))
        .containsExactly(
            new Content(ContentKind.TEXT, "Ja"),
            new Attributed(StreamAttribute.MODEL, "gemini-2.5-flash"),
            new Attributed(StreamAttribute.RESPONSE_ID, "rQ1"),
            new Finished("STOP"),
            new Content(ContentKind.TEXT, "wohl"),
            usage(3, 2, NONE, OptionalLong.of(0)));
  }

  @Test
  void namesAnErrorByItsCodeWhereItHasNoStatus() {
    assertThat(provider.errorType("[{\"error\":{\"code\":429}}]".getBytes(UTF_8))).contains("429");
  }

  @Test
  void anyModelIdIsOneSegmentOfTheAddress() {
    final URI base = URI.create("https://host/v1beta");

    assertThat(provider.encode(base, StreamRequest.of("r", "models/gemini-x", "p", 1)).uri())
        .hasToString("https://host/v1beta/models/gemini-x:streamGenerateContent?alt=sse");
    assertThat(provider.encode(base, StreamRequest.of("r", "../a b?key=é", "p", 1)).uri())
        .hasToString(
            "https://host/v1beta/models/..%2Fa%20b%3Fkey%3D%C3%A9:streamGenerateContent?alt=sse");
  }
}
