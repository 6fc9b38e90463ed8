package dev.latencylens.harness.official;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.models.messages.RawMessageStreamEvent;
import com.google.genai.types.GenerateContentResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Google's and Anthropic's clients in their modes for Vertex AI read the recorded streams. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedVertexIsReadableTest {

  private static final String LOOK = "get_tide {harbour=Oslo}";

  private final RecordedServer server = new RecordedServer();

  @AfterAll
  void stop() {
    server.close();
  }

  private VertexClients serve(String name) {
    URI base = server.serve(name);
    return new VertexClients(base, Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // name | text | reasoning | tool | finish | prompt, output and reasoning tokens
        "text.sse|Hello from the café — 日本.||\"\"|STOP|7|9|0",
        "text-one-chunk.sse|The capital of France is **Paris**.||\"\"|STOP|15|24|16",
        "empty-first-chunks.sse|Yes.||\"\"|STOP|9|2|0",
        "hidden-thoughts.sse|fixture ok||\"\"|STOP|7|96|94",
        "tool-call.sse|\"\"||get_tide{harbour=Oslo}|STOP|61|55|40",
        "thoughts-and-parallel-tool-calls.sse|Let me look.|**Tides** Two harbours.|get_tide{harbour=Oslo}get_tide{harbour=Bergen}|STOP|61|56|22",
        "malformed-function-call.sse|\"\"||\"\"|MALFORMED_FUNCTION_CALL|34|0|0",
        "max-tokens.sse|One two three||\"\"|MAX_TOKENS|9|3|0",
        "max-tokens-in-thoughts.sse|\"\"|**Planning** A sum.|\"\"|MAX_TOKENS|28|60|60",
        "cached-prompt.sse|Yes.||\"\"|STOP|1536|2|0",
        "safety.sse|It begins||\"\"|SAFETY|20|2|0",
        "model-armor.sse|\"\"||\"\"|MODEL_ARMOR|19|33|27",
        "prompt-blocked.sse|\"\"||\"\"|PROHIBITED_CONTENT|9|0|0",
        "truncated.sse|Half an answer||\"\"|\"\"|-1|0|0"
      })
  void theClientFindsTextFinishReasonAndUsageOfGemini(
      String name,
      String text,
      String reasoning,
      String tool,
      String finish,
      long promptTokens,
      long outputTokens,
      long reasoningTokens) {
    Reading reading = serve("vertex-gemini/" + name).gemini("any", 1000);

    assertThat(reading.text()).isEqualTo(text);
    assertThat(reading.reasoning()).isEqualTo(Optional.ofNullable(reasoning).orElse(""));
    assertThat(reading.tool()).isEqualTo(tool);
    assertThat(reading.finish()).isEqualTo(finish);
    assertThat(reading.promptTokens()).isEqualTo(promptTokens);
    assertThat(reading.outputTokens()).isEqualTo(outputTokens);
    assertThat(reading.reasoningTokens()).isEqualTo(reasoningTokens);
  }

  @Test
  void thoughtsOfGeminiAreKeptApartFromTheAnswer() {
    Reading reading = serve("vertex-gemini/thoughts.sse").gemini("any", 1000);

    assertThat(reading.text()).isEqualTo("782 it is.");
    assertThat(reading.reasoning()).contains("**Planning**", "**Checking**");
    assertThat(reading.outputTokens()).isEqualTo(100);
    assertThat(reading.reasoningTokens()).isEqualTo(94);
  }

  @Test
  void everyChunkOfGeminiSaysWhenItWasMadeAndHowItIsPaid() {
    List<GenerateContentResponse> chunks = new ArrayList<>();
    serve("vertex-gemini/cached-prompt.sse").gemini("any", 1000, chunks::add);
    serve("vertex-gemini/text.sse").gemini("any", 1000, chunks::add);

    assertThat(chunks)
        .hasSize(4)
        .allSatisfy(
            chunk -> {
              assertThat(chunk.createTime()).isPresent();
              assertThat(chunk.usageMetadata().orElseThrow().trafficType())
                  .hasToString("Optional[ON_DEMAND]");
            });
    assertThat(chunks.get(0).usageMetadata().orElseThrow().cachedContentTokenCount())
        .hasValue(1408);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // name | text | reasoning | tool | finish | prompt, output and reasoning tokens
        "text.sse|Hello from the café — 日本.||\"\"|end_turn|14|11|0",
        "vertex-event.sse|Hello from the café — 日本.||\"\"|end_turn|14|11|0",
        "thinking.sse|391 × 2 = 782.|The user wants a sum.|\"\"|end_turn|41|67|30",
        "thinking-omitted.sse|782.||\"\"|end_turn|41|38|30",
        "redacted-thinking.sse|782.||\"\"|end_turn|41|38|30",
        "tool-call.sse|Let me look.||" + LOOK + "|tool_use|472|58|0",
        "thinking-and-tool-call.sse|\"\"|The tide of Oslo.|" + LOOK + "|tool_use|472|71|18",
        "refusal.sse|It begins||\"\"|refusal|30|4|0",
        "max-tokens.sse|One two three||\"\"|max_tokens|12|3|0",
        "cached-prompt.sse|Yes.||\"\"|end_turn|6|4|0"
      })
  void theClientFindsTextFinishReasonAndUsageOfAnthropics(
      String name,
      String text,
      String reasoning,
      String tool,
      String finish,
      long promptTokens,
      long outputTokens,
      long reasoningTokens) {
    List<RawMessageStreamEvent> events = new ArrayList<>();
    Reading reading = serve("vertex-anthropic/" + name).anthropic("any", 1000, events::add);

    assertThat(reading.id()).startsWith("msg_vrtx_");
    assertThat(reading.text()).isEqualTo(text);
    assertThat(reading.reasoning()).isEqualTo(Optional.ofNullable(reasoning).orElse(""));
    assertThat(reading.tool()).isEqualTo(tool);
    assertThat(reading.finish()).isEqualTo(finish);
    assertThat(reading.promptTokens()).isEqualTo(promptTokens);
    assertThat(reading.outputTokens()).isEqualTo(outputTokens);
    assertThat(reading.reasoningTokens()).isEqualTo(reasoningTokens);
    assertThat(events)
        .filteredOn(event -> !event.isValid())
        .as("events that are none of Anthropic's")
        .hasSize(name.equals("vertex-event.sse") ? 1 : 0);
  }

  @Test
  void anErrorInTheMiddleOfAnthropicsStreamIsAnErrorToTheClient() {
    assertThatThrownBy(() -> serve("vertex-anthropic/error-mid-stream.sse").anthropic("any", 1000))
        .hasMessageContaining("Recorded form");
  }

  @Test
  void aStreamOfAnthropicsThatIsCutOffIsNotWholeToTheClient() {
    assertThatThrownBy(() -> serve("vertex-anthropic/truncated.sse").anthropic("any", 1000))
        .isInstanceOf(RuntimeException.class);
  }
}
