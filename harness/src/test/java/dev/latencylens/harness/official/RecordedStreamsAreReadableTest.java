package dev.latencylens.harness.official;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latencylens.fixtures.recorded.RecordedStream;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The official clients read the recorded streams from WireMock and find what the README states. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedStreamsAreReadableTest {

  private final RecordedServer server = new RecordedServer();

  @AfterAll
  void stop() {
    server.close();
  }

  private Reading read(String name) {
    RecordedStream stream = RecordedStream.load(name);
    URI base = server.serve(name);
    return new OfficialClients(base, Optional.empty()).read(stream.provider(), "any", 1000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        // name | text | reasoning | tool | finish | prompt, output and reasoning tokens
        "openai/text.sse|Hello from the café — 日本.||\"\"|stop|12|8|0",
        "openai/text-without-usage.sse|Hello.||\"\"|stop|-1|-1|0",
        "openai/length.sse|One two three||\"\"|length|9|3|0",
        "openai/hidden-reasoning.sse|The answer is 42.||\"\"|stop|21|197|192",
        "openai/tool-call.sse|\"\"||get_tide{'harbour':'Oslo'}|tool_calls|53|15|0",
        "openai/text-and-parallel-tool-calls.sse|Let me look.||get_tide{'harbour':'Oslo'}get_tide{'harbour':'Bergen'}|tool_calls|53|42|0",
        "openai/cached-prompt.sse|Yes.||\"\"|stop|1536|2|0",
        "openai/length-in-hidden-reasoning.sse|\"\"||\"\"|length|21|64|64",
        "openai/refusal.sse|I'm sorry, no.||\"\"|stop|18|5|0",
        "openai/content-filter.sse|It begins||\"\"|content_filter|14|2|0",
        "openai/no-done.sse|Whole.||\"\"|stop|10|2|0",
        "openai/truncated.sse|Half an answer||\"\"|\"\"|-1|-1|0",
        "anthropic/text.sse|Hello from the café — 日本.||\"\"|end_turn|14|11|0",
        "anthropic/thinking.sse|391 × 2 = 782.|The user wants a sum.|\"\"|end_turn|41|67|30",
        "anthropic/thinking-omitted.sse|782.||\"\"|end_turn|41|38|30",
        "anthropic/tool-call.sse|Let me look.||get_tide {harbour=Oslo}|tool_use|472|58|0",
        "anthropic/thinking-and-tool-call.sse|\"\"|The tide of Oslo.|get_tide {harbour=Oslo}|tool_use|472|71|18",
        "anthropic/redacted-thinking.sse|782.||\"\"|end_turn|41|38|30",
        "anthropic/refusal.sse|It begins||\"\"|refusal|30|4|0",
        "anthropic/max-tokens.sse|One two three||\"\"|max_tokens|12|3|0",
        "anthropic/cached-prompt.sse|Yes.||\"\"|end_turn|6|4|0",
        "google/text.sse|Hello from the café — 日本.||\"\"|STOP|7|9|0",
        "google/text-one-chunk.sse|The capital of France is **Paris**.||\"\"|STOP|15|24|16",
        "google/hidden-thoughts.sse|fixture ok||\"\"|STOP|7|96|94",
        "google/tool-call.sse|\"\"||get_tide{harbour=Oslo}|STOP|61|55|40",
        "google/thoughts-and-parallel-tool-calls.sse|Let me look.|**Tides** Two harbours.|get_tide{harbour=Oslo}get_tide{harbour=Bergen}|STOP|61|56|22",
        "google/max-tokens.sse|One two three||\"\"|MAX_TOKENS|9|3|0",
        "google/safety.sse|It begins||\"\"|SAFETY|20|2|0",
        "google/prompt-blocked.sse|\"\"||\"\"|PROHIBITED_CONTENT|9|0|0",
        "google/truncated.sse|Half an answer||\"\"|\"\"|7|3|0"
      })
  void theClientFindsTextFinishReasonAndUsage(
      String name,
      String text,
      String reasoning,
      String tool,
      String finish,
      long promptTokens,
      long outputTokens,
      long reasoningTokens) {
    Reading reading = read(name);

    assertThat(reading.text()).isEqualTo(text);
    assertThat(reading.reasoning()).isEqualTo(Optional.ofNullable(reasoning).orElse(""));
    assertThat(reading.tool().replace('"', '\'')).isEqualTo(tool);
    assertThat(reading.finish()).isEqualTo(finish);
    assertThat(reading.promptTokens()).isEqualTo(promptTokens);
    assertThat(reading.outputTokens()).isEqualTo(outputTokens);
    assertThat(reading.reasoningTokens()).isEqualTo(reasoningTokens);
  }

  @ParameterizedTest
  @ValueSource(strings = {"google/thoughts.sse"})
  void thoughtsAreKeptApartFromTheAnswer(String name) {
    Reading reading = read(name);

    assertThat(reading.text()).isEqualTo("782 it is.");
    assertThat(reading.reasoning()).contains("**Planning**", "**Checking**");
    assertThat(reading.outputTokens()).isEqualTo(100);
    assertThat(reading.reasoningTokens()).isEqualTo(94);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai/error-mid-stream.sse", "anthropic/error-mid-stream.sse"})
  void anErrorInTheMiddleIsAnErrorToTheClient(String name) {
    assertThatThrownBy(() -> read(name)).hasMessageContaining("Recorded form");
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic/truncated.sse"})
  void aStreamCutOffIsNotWholeToTheClient(String name) {
    assertThatThrownBy(() -> read(name)).isInstanceOf(RuntimeException.class);
  }
}
