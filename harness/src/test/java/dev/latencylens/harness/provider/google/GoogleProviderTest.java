package dev.latencylens.harness.provider.google;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.provider.TargetOptions;
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
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class GoogleProviderTest extends GeminiContract {
  private static final OptionalLong NONE = OptionalLong.empty();

  GoogleProviderTest() {
    super(new GoogleProvider(), TargetOptions.NONE, "google");
  }

  @Override
  protected Map.Entry<String, String> keyHeader() {
    return Map.entry("x-goog-api-key", "");
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
    assertThat(recorded.events("answer.sse"))
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
    assertThat(recorded.events("reasoning.sse"))
        .endsWith(new Finished("MAX_TOKENS"), usage(12, 100, OptionalLong.of(90), NONE));
  }

  @Test
  void countsThoughtsThatWereNotShownAsUnstreamed() throws BrokenStreamException {
    assertThat(recorded.events("thoughts-hidden.sse"))
        .endsWith(new Finished("STOP"), usage(12, 66, OptionalLong.of(64), OptionalLong.of(64)));
  }

  @Test
  void readsAFunctionCallAsOnePieceOfArguments() throws BrokenStreamException {
    assertThat(recorded.events("function-call.sse"))
        .filteredOn(Content.class::isInstance)
        .containsExactly(
            new Content(
                ContentKind.TOOL_ARGUMENTS,
                "{\"city\":\"Zürich\",\"days\":[1,2.5],\"exact\":true}"));
  }

  @Test
  void aBlockedPromptFinishesWithItsReason() throws BrokenStreamException {
    assertThat(recorded.events("blocked.sse"))
        .contains(new Finished("PROHIBITED_CONTENT"))
        .noneMatch(Content.class::isInstance);
  }

  @Test
  void readsAServerThatDeviates() throws BrokenStreamException {
    assertThat(recorded.events("deviating.sse"))
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
    assertThat(api.errorType("[{\"error\":{\"code\":429}}]".getBytes(UTF_8))).contains("429");
  }

  @Test
  void anyModelIdIsOneSegmentOfTheAddress() {
    final URI base = URI.create("https://host/v1beta");

    assertThat(api.encode(base, StreamRequest.of("r", "models/gemini-x", "p", 1)).uri())
        .hasToString("https://host/v1beta/models/gemini-x:streamGenerateContent?alt=sse");
    assertThat(api.encode(base, StreamRequest.of("r", "../a b?key=é", "p", 1)).uri())
        .hasToString(
            "https://host/v1beta/models/..%2Fa%20b%3Fkey%3D%C3%A9:streamGenerateContent?alt=sse");
  }
}
