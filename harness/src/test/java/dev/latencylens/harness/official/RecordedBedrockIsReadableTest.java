package dev.latencylens.harness.official;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.latencylens.harness.official.BedrockClient.Access;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

/** AWS's client reads the recorded streams of Bedrock, and Anthropic's the events within. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedBedrockIsReadableTest {

  private static final String LOOK = "get_tide{'harbour':'Oslo'}";
  private static final String ANTHROPICS_LOOK = "get_tide {harbour=Oslo}";

  private final RecordedServer server = new RecordedServer();
  private Optional<BedrockClient> client = Optional.empty();

  @BeforeAll
  void start() {
    URI base = server.base();
    client =
        Optional.of(new BedrockClient(base, Optional.empty(), Protocol.HTTP1_1, Access.SIGNED));
  }

  @AfterAll
  void stop() {
    client.ifPresent(BedrockClient::close);
    server.close();
  }

  private BedrockClient serve(String name) {
    server.serve(name);
    return client.orElseThrow();
  }

  private List<ConverseStreamOutput> conversation(String name) {
    List<ConverseStreamOutput> events = new ArrayList<>();
    serve("bedrock-converse/" + name).converse("any", 1000, events::add);
    return events;
  }

  private Message message(String name) {
    return serve("bedrock-anthropic/" + name)
        .invoke("any", 1000, event -> assertThat(event.isValid()).isTrue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // name | text | reasoning | tool | finish | prompt and output tokens
        "text.events|Hello from the café — 日本.||\"\"|end_turn|12|8",
        "stop-sequence.events|One two||\"\"|stop_sequence|14|4",
        "reasoning.events|391 × 2 = 782.|The user wants a sum.|\"\"|end_turn|41|67",
        "redacted-reasoning.events|782.||\"\"|end_turn|41|38",
        "tool-call.events|Let me look.||" + LOOK + "|tool_use|472|58",
        "reasoning-and-tool-call.events|\"\"|The tide of Oslo.|" + LOOK + "|tool_use|472|71",
        "parallel-tool-calls.events|\"\"||" + LOOK + "get_tide{'harbour':'Bergen'}|tool_use|472|74",
        "max-tokens.events|One two three||\"\"|max_tokens|9|3",
        "cached-prompt.events|Yes.||\"\"|end_turn|6|4",
        "service-tier.events|Yes.||\"\"|end_turn|9|2",
        "guardrail.events|Sorry, no.||\"\"|guardrail_intervened|0|0",
        "content-filtered.events|It begins||\"\"|content_filtered|20|2",
        "truncated.events|Half an answer||\"\"|\"\"|-1|-1"
      })
  void theClientFindsTextFinishReasonAndUsageOfAConversation(
      String name,
      String text,
      String reasoning,
      String tool,
      String finish,
      long promptTokens,
      long outputTokens) {
    Reading reading = serve("bedrock-converse/" + name).converse("any", 1000);

    assertThat(reading.text()).isEqualTo(text);
    assertThat(reading.reasoning()).isEqualTo(Optional.ofNullable(reasoning).orElse(""));
    assertThat(reading.tool().replace('"', '\'')).isEqualTo(tool);
    assertThat(reading.finish()).isEqualTo(finish);
    assertThat(reading.promptTokens()).isEqualTo(promptTokens);
    assertThat(reading.outputTokens()).isEqualTo(outputTokens);
    assertThat(reading.id()).isEqualTo("made-up");
  }

  @ParameterizedTest
  @CsvSource({
    "cached-prompt.events, CacheReadInputTokens=2701",
    "service-tier.events, ServiceTier=ServiceTier(Type=priority)",
    "guardrail.events, ActionReason=Guardrail blocked.",
    "stop-sequence.events, AdditionalModelResponseFields="
  })
  void theClientKnowsWhatIsParticular(String name, String shown) {
    List<ConverseStreamOutput> events = conversation(name);

    assertThat(events.toString()).containsIgnoringCase(shown);
    assertThat(events)
        .extracting(ConverseStreamOutput::sdkEventType)
        .doesNotContain(ConverseStreamOutput.EventType.UNKNOWN_TO_SDK_VERSION);
  }

  @ParameterizedTest
  @CsvSource({
    "reasoning.events, TEXT TEXT TEXT SIGNATURE",
    "redacted-reasoning.events, REDACTED_CONTENT REDACTED_CONTENT"
  })
  void reasoningIsToldFromWhatItIsSignedOrHiddenWith(String name, String types) {
    List<String> found = new ArrayList<>();
    ConverseStreamResponseHandler.Visitor visitor =
        ConverseStreamResponseHandler.Visitor.builder()
            .onContentBlockDelta(
                event ->
                    Optional.ofNullable(event.delta().reasoningContent())
                        .ifPresent(part -> found.add(part.type().name())))
            .build();
    conversation(name).forEach(event -> event.accept(visitor));

    assertThat(found).containsExactly(types.split(" ", -1));
  }

  @Test
  void anExceptionInTheMiddleIsThatException() {
    assertThatThrownBy(() -> conversation("exception-mid-stream.events"))
        .isInstanceOf(ThrottlingException.class)
        .hasMessageContaining("Recorded form");
    assertThatThrownBy(() -> conversation("model-error-mid-stream.events"))
        .isInstanceOfSatisfying(
            ModelStreamErrorException.class,
            e -> {
              assertThat(e.originalStatusCode()).isEqualTo(500);
              assertThat(e.originalMessage()).contains("Recorded form");
            });
    assertThatThrownBy(() -> message("exception-mid-stream.events"))
        .isInstanceOfSatisfying(
            ModelStreamErrorException.class,
            e -> assertThat(e.originalMessage()).contains("Recorded form"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // name | text | reasoning | tool | finish | prompt, output and reasoning tokens
        "text.events|Hello from the café — 日本.||\"\"|end_turn|14|11|0",
        "thinking.events|391 × 2 = 782.|The user wants a sum.|\"\"|end_turn|41|67|30",
        "thinking-omitted.events|782.||\"\"|end_turn|41|38|30",
        "redacted-thinking.events|782.||\"\"|end_turn|41|38|30",
        "tool-call.events|Let me look.||" + ANTHROPICS_LOOK + "|tool_use|472|58|0",
        "older-tool-call.events|Let me look.||" + ANTHROPICS_LOOK + "|tool_use|389|61|0",
        "thinking-and-tool-call.events|\"\"|The tide of Oslo.|"
            + ANTHROPICS_LOOK
            + "|tool_use|472|71|18",
        "refusal.events|It begins||\"\"|refusal|30|4|0",
        "max-tokens.events|One two three||\"\"|max_tokens|12|3|0",
        "cached-prompt.events|Yes.||\"\"|end_turn|6|4|0"
      })
  void anthropicsClientFindsTextFinishReasonAndUsageInTheChunks(
      String name,
      String text,
      String reasoning,
      String tool,
      String finish,
      long promptTokens,
      long outputTokens,
      long reasoningTokens) {
    Reading reading = OfficialClients.reading(message(name));

    assertThat(reading.id()).startsWith("msg_bdrk_");
    assertThat(reading.text()).isEqualTo(text);
    assertThat(reading.reasoning()).isEqualTo(Optional.ofNullable(reasoning).orElse(""));
    assertThat(reading.tool()).isEqualTo(tool);
    assertThat(reading.finish()).isEqualTo(finish);
    assertThat(reading.promptTokens()).isEqualTo(promptTokens);
    assertThat(reading.outputTokens()).isEqualTo(outputTokens);
    assertThat(reading.reasoningTokens()).isEqualTo(reasoningTokens);
  }

  @Test
  void theLastChunkHoldsBedrocksOwnCounts() {
    List<RawMessageStreamEvent> events = new ArrayList<>();
    serve("bedrock-anthropic/cached-prompt.events").invoke("any", 1000, events::add);

    assertThat(events.get(events.size() - 1).asMessageStop()._additionalProperties().toString())
        .contains("invocationLatency", "cacheReadInputTokenCount");
  }

  @Test
  void bedrocksOwnCountsMayBeLowerThanTheModelsUsage() {
    List<RawMessageStreamEvent> events = new ArrayList<>();
    serve("bedrock-anthropic/older-tool-call.events").invoke("any", 1000, events::add);

    assertThat(events.get(events.size() - 1).asMessageStop()._additionalProperties().toString())
        .contains("outputTokenCount=43");
    assertThat(events.get(events.size() - 2).asMessageDelta().usage().outputTokens()).isEqualTo(61);
  }

  @Test
  void chunksThatBreakOffAreNoWholeMessageToAnthropicsClient() {
    assertThatThrownBy(() -> message("truncated.events")).isInstanceOf(IllegalStateException.class);
  }
}
