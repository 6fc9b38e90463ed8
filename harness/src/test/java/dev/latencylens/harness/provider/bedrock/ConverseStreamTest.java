package dev.latencylens.harness.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.latencylens.harness.provider.ProviderContract;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamEvent;
import dev.latencylens.harness.stream.StreamEvent.Attributed;
import dev.latencylens.harness.stream.StreamEvent.Content;
import dev.latencylens.harness.stream.StreamEvent.Failed;
import dev.latencylens.harness.stream.StreamEvent.Finished;
import dev.latencylens.harness.stream.StreamEvent.Terminated;
import dev.latencylens.harness.stream.StreamEvent.UsageReported;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.stream.Usage;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ConverseStreamTest extends ProviderContract {
  private static final OptionalLong NONE = OptionalLong.empty();

  ConverseStreamTest() {
    super(
        new BedrockProvider(),
        new TargetOptions(Map.of("region", new TextNode("eu-central-1"))),
        "bedrock-converse");
  }

  @Override
  protected byte[] framed(final String text) {
    return AwsMessages.ofLines(text, json -> json);
  }

  /** A payload is a delta, unless the name of another event stands before it. */
  @Override
  protected byte[] stream(final List<String> events) {
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (final String event : events) {
      body.writeBytes(
          event.matches("!?[\\w-]+ \\{.*")
              ? framed(event)
              : AwsMessages.event("contentBlockDelta", event));
    }
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
    return "modelStreamErrorException";
  }

  @Override
  protected String errorBody() {
    return "{\"__type\":\"com.amazon.bedrock#ThrottlingException:http://internal/\",\"message\":\"FREETEXT\"}";
  }

  @Override
  protected Optional<String> errorBodyType() {
    return Optional.of("ThrottlingException");
  }

  @Override
  protected List<String> errorsWithoutProperType() {
    return List.of("!" + "x".repeat(65) + " {\"message\":\"FREETEXT\"}");
  }

  @Override
  protected String eventWithText(final String json) {
    return "{\"contentBlockIndex\":0,\"delta\":{\"text\":" + json + "}}";
  }

  @Override
  protected List<String> eventsWithoutContent() {
    return List.of(
        "messageStart {\"role\":\"assistant\",\"delta\":{\"text\":\"no\"}}",
        "contentBlockStart {\"start\":{\"toolUse\":{\"name\":\"no\",\"toolUseId\":\"no\"}}}",
        "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"\"}}",
        "{\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"text\":\"\"}}}",
        "{\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"signature\":\"AA\"}}}",
        "{\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"redactedContent\":\"AA\"}}}",
        "{\"contentBlockIndex\":0,\"delta\":{\"toolUse\":{\"input\":\"\"}}}",
        "{\"contentBlockIndex\":0,\"delta\":{\"citation\":{\"title\":\"no\"}}}",
        "contentBlockStop {\"contentBlockIndex\":0}",
        "aNewEvent {\"delta\":{\"text\":\"no\"}}",
        "{}",
        " ");
  }

  @Override
  protected int maxTokensOf(final JsonNode body) {
    return body.at("/inferenceConfig/maxTokens").asInt();
  }

  @Test
  void readsAnAnswer() throws BrokenStreamException {
    assertThat(recorded.events("answer"))
        .containsExactly(
            new Content(ContentKind.TEXT, "Hé"),
            new Content(ContentKind.TEXT, "llo 🌍"),
            new Content(ContentKind.TEXT, ", \"wor\\ld\"\n"),
            new Content(ContentKind.TEXT, "."),
            new Finished("end_turn"),
            new Terminated(),
            new Attributed(StreamAttribute.SERVER_NANOS, "1544000000"),
            new Attributed(StreamAttribute.SERVICE_TIER, "default"),
            new UsageReported(
                new Usage(
                    OptionalLong.of(12),
                    OptionalLong.of(4),
                    OptionalLong.of(7),
                    NONE,
                    OptionalLong.of(0),
                    OptionalLong.of(2))));
  }

  @Test
  void knowsNoSplitWhereReasoningCame() throws BrokenStreamException {
    final UsageReported unknownSplit =
        new UsageReported(
            new Usage(
                OptionalLong.of(12),
                OptionalLong.of(0),
                OptionalLong.of(300),
                NONE,
                NONE,
                OptionalLong.of(0)));

    assertThat(recorded.events("reasoning")).contains(new Finished("max_tokens"), unknownSplit);
    assertThat(recorded.events("redacted")).contains(unknownSplit);
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
        .containsExactly(
            new Content(ContentKind.TEXT, "Ja"),
            new Content(ContentKind.TEXT, "wohl"),
            new UsageReported(
                new Usage(OptionalLong.of(3), NONE, OptionalLong.of(5), NONE, OptionalLong.of(0))),
            new Finished("stop_sequence"),
            new Terminated());
  }

  @Test
  void anExceptionMayBeAllThereIs() throws BrokenStreamException {
    assertThat(recorded.whole(AwsMessages.exception("throttlingException", "not JSON")).events())
        .containsExactly(new Failed("throttlingException"));
  }

  @Test
  void anAnswerWithoutUsageEndsAllTheSame() throws BrokenStreamException {
    final List<StreamEvent> events =
        recorded.whole(stream(List.of("messageStop {\"stopReason\":\"end_turn\"}"))).events();

    assertThat(events).containsExactly(new Finished("end_turn"), new Terminated());
  }

  @Test
  void anArnIsOneSegmentOfThePath() {
    final String arn =
        "arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.a-b_c.d~v1:0";

    assertThat(
            api.encode(URI.create("https://x.example.com"), StreamRequest.of("r", arn, "Hi", 1))
                .uri()
                .toString())
        .isEqualTo(
            "https://x.example.com/model/arn%3Aaws%3Abedrock%3Aeu-central-1%3A123456789012"
                + "%3Ainference-profile%2Feu.a-b_c.d~v1%3A0/converse-stream");
  }

  @Test
  void theRegionIsToldForEachResponse() {
    final Map<StreamAttribute, String> found = new EnumMap<>(StreamAttribute.class);

    api.readHeaders(name -> Optional.empty(), found::put);

    assertThat(found).containsExactly(Map.entry(StreamAttribute.REGION, "eu-central-1"));
    assertThat(api.requestIdHeaders()).containsExactly("x-amzn-requestid");
  }

  @Test
  void anErrorBodyWithoutATypeHasNone() {
    for (final String body :
        List.of("{\"message\":\"FREETEXT\"}", "{\"Message\":\"x\"}", "{\"__type\":\"a b\"}")) {
      assertThat(api.errorType(body.getBytes(UTF_8))).isEmpty();
    }
    assertThat(api.errorType("{\"code\":\"ValidationException\"}".getBytes(UTF_8)))
        .contains("ValidationException");
  }
}
