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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
            new Attributed(StreamAttribute.SERVICE_TIER, "standard"),
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
  void whatTheServicesOwnToolsReadIsInput() throws BrokenStreamException {
    assertThat(recorded.events("server-tool"))
        .endsWith(new Finished("STOP"), usage(42, 2, NONE, OptionalLong.of(0)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gfet4t7; dur=662 | 662000000",
        "gfet4t7;dur=0.25 | 250000",
        "cache;desc=\"a\", gfet4t7; dur=7, afe; dur=3 | 7000000"
      })
  void theTimeBehindTheFrontEndIsTheServersTime(final String header, final String nanos) {
    assertThat(attributesOf(header)).containsExactly(StreamAttribute.SERVER_NANOS + "=" + nanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "gfet4t7",
        "gfet4t7; dur=",
        "gfet4t7; dur=-1",
        "gfet4t7; dur=1e9",
        "afe; dur=3",
        "xgfet4t7; dur=1",
        "gfet4t7; dur=99999999999",
        "gfet4t7; dur=1.2.3"
      })
  void aTimeOfAnotherFormIsNone(final String header) {
    assertThat(attributesOf(header)).isEmpty();
  }

  private List<String> attributesOf(final String header) {
    final List<String> found = new ArrayList<>();
    api.readHeaders(
        name -> name.equals("server-timing") ? Optional.of(header) : Optional.empty(),
        (attribute, value) -> found.add(attribute + "=" + value));
    return found;
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
