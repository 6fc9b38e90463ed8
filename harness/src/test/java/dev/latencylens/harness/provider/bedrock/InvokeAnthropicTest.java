package dev.latencylens.harness.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.latencylens.fixtures.recorded.RecordedStream;
import dev.latencylens.harness.provider.ProviderContract;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamEvent;
import dev.latencylens.harness.stream.StreamEvent.Attributed;
import dev.latencylens.harness.stream.StreamEvent.Content;
import dev.latencylens.harness.stream.StreamEvent.Finished;
import dev.latencylens.harness.stream.StreamEvent.Terminated;
import dev.latencylens.harness.stream.StreamRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class InvokeAnthropicTest extends ProviderContract {
  InvokeAnthropicTest() {
    super(
        new BedrockProvider(),
        new TargetOptions(
            Map.of("api", new TextNode("invoke"), "region", new TextNode("eu-central-1"))),
        "bedrock-anthropic");
  }

  private static String chunk(final String event) {
    return "{\"bytes\":\""
        + Base64.getEncoder().encodeToString(event.getBytes(UTF_8))
        + "\",\"p\":\"abc\"}";
  }

  @Override
  protected byte[] framed(final String text) {
    return AwsMessages.ofLines(text, InvokeAnthropicTest::chunk);
  }

  @Override
  protected byte[] stream(final List<String> events) {
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    events.forEach(event -> body.writeBytes(AwsMessages.event("chunk", chunk(event))));
    return body.toByteArray();
  }

  @Override
  protected String accept() {
    return "application/vnd.amazon.eventstream";
  }

  @Override
  protected Map.Entry<String, String> keyHeader() {
    return Map.entry("Authorization", "Bearer ");
  }

  @Override
  protected String errorType() {
    return "throttlingException";
  }

  /** The service's own bodies hold free text only. */
  @Override
  protected Optional<String> errorBodyType() {
    return Optional.empty();
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
        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"\"}}",
        "{\"type\":\"content_block_stop\",\"index\":0}",
        "{}",
        " ",
        "");
  }

  @Override
  protected int maxTokensOf(final JsonNode body) {
    return body.path("max_tokens").asInt();
  }

  @Test
  void readsWhatAnthropicAndTheServiceSay() throws BrokenStreamException {
    assertThat(recorded.events("answer"))
        .startsWith(
            new Attributed(StreamAttribute.MODEL, "claude-opus-5-5"),
            new Attributed(StreamAttribute.RESPONSE_ID, "msg_bdrk_01"))
        .endsWith(new Terminated(), new Attributed(StreamAttribute.SERVER_NANOS, "1544000000"));
  }

  @Test
  void readsToolArguments() throws BrokenStreamException {
    assertThat(recorded.events("tool-use"))
        .contains(new Finished("tool_use"))
        .filteredOn(Content.class::isInstance)
        .containsExactly(
            new Content(ContentKind.TEXT, "Let me look."),
            new Content(ContentKind.TOOL_ARGUMENTS, "{\"city\":"),
            new Content(ContentKind.TOOL_ARGUMENTS, " \"Zürich\"}"));
  }

  @Test
  void readsAServerThatDeviates() throws BrokenStreamException {
    assertThat(recorded.events("deviating"))
        .contains(
            new Content(ContentKind.TEXT, "Ja"),
            new Content(ContentKind.TEXT, "wohl \"amazon-bedrock-invocationMetrics\""),
            new Finished("stop_sequence"),
            new Terminated())
        .doesNotContain(new Content(ContentKind.TEXT, "no"));
  }

  @Test
  void anEnvelopeThatIsBrokenIsNamedByItsPlace() {
    for (final String envelope :
        List.of("{\"bytes\":\"MARKED*\"}", "{\"bytes\":\"e30=\"", "MARKED", "[]")) {
      assertThatThrownBy(() -> recorded.whole(AwsMessages.event("chunk", envelope)))
          .as(envelope)
          .isInstanceOfSatisfying(
              BrokenStreamException.class,
              e -> assertThat(e.outcome()).isEqualTo(Outcome.MALFORMED))
          .hasMessageMatching("event 1 of the stream: .* at byte \\d+")
          .hasMessageNotContaining("MARKED");
    }
  }

  @Test
  void anEnvelopeWithoutBytesSaysNothing() throws BrokenStreamException {
    for (final String envelope : List.of("{}", "{\"bytes\":null}", "{\"bytes\":[\"e30=\"]}")) {
      assertThat(recorded.whole(AwsMessages.event("chunk", envelope)).events()).isEmpty();
    }
  }

  @Test
  void theExtraBodyHasTheLastWord() throws IOException {
    final StreamRequest request =
        new StreamRequest(
            "r",
            "m",
            Optional.empty(),
            List.of(new StreamRequest.Message(StreamRequest.Role.USER, "🌍")),
            OptionalInt.of(5),
            OptionalDouble.empty(),
            OptionalLong.empty(),
            List.of(),
            Optional.empty(),
            OptionalInt.empty(),
            List.of(),
            Optional.of("{\"anthropic_version\":\"other\",\"max_tokens\":null,\"top_k\":3}"));

    final JsonNode body =
        new ObjectMapper()
            .readTree(api.encode(URI.create("https://x.example.com"), request).body());

    assertThat(body.properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("anthropic_version", "messages", "top_k");
    assertThat(body.path("anthropic_version").asText()).isEqualTo("other");
  }

  @Test
  void tokensAreTheModelsUsageAndNotBedrocksOwnLowerCount() throws BrokenStreamException {
    final byte[] body =
        RecordedStream.load("bedrock-anthropic/older-tool-call.events").toByteArray();

    assertThat(recorded.whole(body).events())
        .filteredOn(StreamEvent.UsageReported.class::isInstance)
        .last()
        .satisfies(
            last ->
                assertThat(((StreamEvent.UsageReported) last).usage().outputTokens()).hasValue(61));
  }
}
