package dev.latencylens.harness.provider.cohere;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latencylens.harness.provider.ProviderContract;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamEvent.Attributed;
import dev.latencylens.harness.stream.StreamEvent.Content;
import dev.latencylens.harness.stream.StreamEvent.Failed;
import dev.latencylens.harness.stream.StreamEvent.Finished;
import dev.latencylens.harness.stream.StreamEvent.Terminated;
import dev.latencylens.harness.stream.StreamEvent.UsageReported;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.stream.Usage;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class CohereProviderTest extends ProviderContract {
  CohereProviderTest() {
    super(new CohereProvider(), TargetOptions.NONE, "cohere");
  }

  @Override
  protected Map.Entry<String, String> keyHeader() {
    return Map.entry("Authorization", "Bearer ");
  }

  @Override
  protected String errorType() {
    return "ERROR";
  }

  @Override
  protected Optional<String> errorBodyType() {
    return Optional.empty();
  }

  @Override
  protected List<String> errorsWithoutProperType() {
    return List.of(
        "{\"type\":\"message-end\",\"delta\":{\"error\":\"FREETEXT of bob\"}}",
        "{\"type\":\"message-end\",\"delta\":{\"error\":{\"message\":\"FREETEXT\"}}}",
        "{\"message\":\"FREETEXT of bob\"}");
  }

  @Override
  protected String eventWithText(final String json) {
    return "{\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"text\":"
        + json
        + "}}}}";
  }

  @Override
  protected List<String> eventsWithoutContent() {
    return List.of(
        "{\"id\":\"a\",\"type\":\"message-start\",\"delta\":{\"message\":{\"role\":\"assistant\",\"content\":[],\"tool_plan\":\"\",\"tool_calls\":[],\"citations\":[]}}}",
        "{\"type\":\"content-start\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"type\":\"text\",\"text\":\"\"}}}}",
        "{\"type\":\"content-start\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"type\":\"thinking\",\"thinking\":\"\"}}}}",
        "{\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"text\":null}}}}",
        "{\"type\":\"content-end\",\"index\":0}",
        "{\"type\":\"tool-plan-delta\",\"delta\":{\"message\":{\"tool_plan\":\"\"}}}",
        "{\"type\":\"tool-call-start\",\"index\":0,\"delta\":{\"message\":{\"tool_calls\":{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}}}}",
        "{\"type\":\"citation-start\",\"index\":0,\"delta\":{\"message\":{\"citations\":{\"start\":0,\"end\":2,\"text\":\"no\"}}}}",
        "{\"type\":\"debug\",\"prompt\":\"no\"}",
        "{\"type\":\"content-delta\",\"delta\":null}",
        "{\"type\":\"a-future-event\",\"message\":\"no\"}",
        "{}",
        " ",
        "[DONE]");
  }

  @Override
  protected int maxTokensOf(final JsonNode body) {
    return body.path("max_tokens").asInt();
  }

  @Override
  protected int leastAttributes() {
    return 3;
  }

  @Test
  void readsAnAnswerWithWhatIsBilled() throws BrokenStreamException {
    assertThat(recorded.events("answer"))
        .containsExactly(
            new Attributed(StreamAttribute.RESPONSE_ID, "29f14a5a-11de-4cae-9800-25e4747408ea"),
            new Content(ContentKind.TEXT, "Hé"),
            new Content(ContentKind.TEXT, "llo 🌍"),
            new Content(ContentKind.TEXT, ", \"wor\\ld\"\n"),
            new Content(ContentKind.TEXT, "."),
            new Finished("COMPLETE"),
            new Attributed(StreamAttribute.BILLED_INPUT_TOKENS, "5"),
            new Attributed(StreamAttribute.BILLED_OUTPUT_TOKENS, "6"),
            new UsageReported(usage(12, OptionalLong.of(4), 7)),
            new Terminated());
  }

  @Test
  void readsThePlanBeforeAToolCallAsReasoning() throws BrokenStreamException {
    assertThat(recorded.events("tool-call"))
        .contains(new Finished("TOOL_CALL"))
        .contains(new UsageReported(usage(913, OptionalLong.of(176), 62)))
        .filteredOn(Content.class::isInstance)
        .containsExactly(
            new Content(ContentKind.REASONING, "I will look"),
            new Content(ContentKind.REASONING, " it up."),
            new Content(ContentKind.TOOL_ARGUMENTS, "{\"city\":"),
            new Content(ContentKind.TOOL_ARGUMENTS, " \"Zürich\"}"));
  }

  @Test
  void citationsAreNoContent() throws BrokenStreamException {
    assertThat(recorded.events("citations"))
        .contains(new Finished("STOP_SEQUENCE"))
        .filteredOn(Content.class::isInstance)
        .containsExactly(new Content(ContentKind.TEXT, "Emperor penguins"));
  }

  @Test
  void readsAServerThatDeviatesAndEndsOnce() throws BrokenStreamException {
    assertThat(recorded.events("deviating"))
        .containsExactly(
            new Content(ContentKind.TEXT, "Ja"),
            new Content(ContentKind.TEXT, "wohl"),
            new Finished("COMPLETE"),
            new UsageReported(usage(3, OptionalLong.empty(), 2)),
            new Terminated());
  }

  @Test
  void anAnswerThatTheServiceCouldNotFinishIsNoEnd() throws BrokenStreamException {
    final String timeout = "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"TIMEOUT\"}}";

    assertThat(recorded.whole(stream(List.of(timeout))).events())
        .containsExactly(new Failed("TIMEOUT"));
    assertThat(recorded.events("error"))
        .noneMatch(Finished.class::isInstance)
        .noneMatch(Terminated.class::isInstance);
  }

  @Test
  void thinkingIsAskedForInTheServicesOwnWords() throws IOException {
    assertThat(thinking(Optional.empty(), OptionalInt.empty()).isMissingNode()).isTrue();
    assertThat(thinking(Optional.of("low"), OptionalInt.empty()).isMissingNode()).isTrue();
    assertThat(thinking(Optional.of("low"), OptionalInt.of(64)))
        .hasToString("{\"type\":\"enabled\",\"token_budget\":64}");
    assertThat(thinking(Optional.empty(), OptionalInt.of(0)))
        .hasToString("{\"type\":\"disabled\"}");
    assertThat(thinking(Optional.of("enabled"), OptionalInt.empty()))
        .hasToString("{\"type\":\"enabled\"}");
    assertThat(thinking(Optional.of("disabled"), OptionalInt.of(64)))
        .hasToString("{\"type\":\"disabled\"}");
  }

  private JsonNode thinking(final Optional<String> effort, final OptionalInt budget)
      throws IOException {
    final StreamRequest request =
        new StreamRequest(
            "r1",
            "some-model",
            Optional.empty(),
            List.of(new StreamRequest.Message(StreamRequest.Role.USER, "Hi")),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty(),
            List.of(),
            effort,
            budget,
            List.of(),
            Optional.empty());
    final byte[] body = api.encode(URI.create("https://cohere.example.com"), request).body();
    return new ObjectMapper().readTree(new String(body, UTF_8)).path("thinking");
  }

  private static Usage usage(final long input, final OptionalLong cached, final long output) {
    return new Usage(
        OptionalLong.of(input),
        cached,
        OptionalLong.of(output),
        OptionalLong.empty(),
        OptionalLong.of(0));
  }
}
