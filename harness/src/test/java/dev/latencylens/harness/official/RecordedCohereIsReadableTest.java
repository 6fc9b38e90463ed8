package dev.latencylens.harness.official;

import static org.assertj.core.api.Assertions.assertThat;

import com.cohere.api.resources.v2.types.V2ChatStreamResponse;
import com.cohere.api.types.ChatMessageEndEvent;
import com.cohere.api.types.ChatMessageEndEventDelta;
import com.cohere.api.types.Usage;
import dev.latencylens.fixtures.recorded.RecordedStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Cohere's client reads the recorded streams of its service. Version 1.9.3 does not know the end
 * mark {@code [DONE]} and complains of it on the standard error stream.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedCohereIsReadableTest {

  private static final String PLAN = "I will look up the tide.";
  private static final String OSLO = "get_tide{'harbour': 'Oslo'}";

  private final RecordedServer server = new RecordedServer();
  private final List<V2ChatStreamResponse> events = new ArrayList<>();

  @AfterAll
  void stop() {
    server.close();
  }

  private Reading read(String name) {
    URI base = server.serve("cohere/" + name);
    events.clear();
    return new CohereClient(base, Optional.empty()).read("any", 1000, events::add);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // name | text | reasoning or plan | tool | finish | prompt and output tokens
        "text.sse|Hello from the café — 日本.|\"\"|\"\"|COMPLETE|502|10",
        "text-without-cached-tokens.sse|Hello.|\"\"|\"\"|COMPLETE|502|5",
        "no-done.sse|Hello.|\"\"|\"\"|COMPLETE|502|5",
        "cached-prompt.sse|Yes.|\"\"|\"\"|COMPLETE|2016|5",
        "thinking.sse|782 it is.|The user wants 391 × 2.|\"\"|COMPLETE|1398|17",
        "tool-call.sse|\"\"|" + PLAN + "|" + OSLO + "|TOOL_CALL|1462|45",
        "tool-call-without-arguments.sse|\"\"|" + PLAN + "|get_time|TOOL_CALL|1445|37",
        "thinking-and-tool-call.sse|\"\"|A tool knows this.|" + OSLO + "|TOOL_CALL|1462|41",
        "citations.sse|It peaks at eight.|\"\"|\"\"|COMPLETE|1120|24",
        "max-tokens.sse|One two three|\"\"|\"\"|MAX_TOKENS|500|4",
        "max-tokens-in-thinking.sse|\"\"|First, let|\"\"|MAX_TOKENS|1398|4",
        "stop-sequence.sse|One two|\"\"|\"\"|STOP_SEQUENCE|500|5",
        "error-mid-stream.sse|Half an|\"\"|\"\"|ERROR|-1|-1",
        "timeout.sse|Half an|\"\"|\"\"|TIMEOUT|-1|-1",
        "truncated.sse|Half an answer|\"\"|\"\"|\"\"|-1|-1"
      })
  void theClientFindsTextThinkingToolCallFinishReasonAndUsage(
      String name,
      String text,
      String reasoning,
      String tool,
      String finish,
      long promptTokens,
      long outputTokens) {
    Reading reading = read(name);

    // The client passes over what it can't parse, so that what it has read is to be counted.
    assertThat(events).hasSize(eventsIn(name)).noneMatch(V2ChatStreamResponse::_isUnknown);
    assertThat(reading.id()).isEqualTo("5e0c9d1a-72b4-4c58-9f3e-1d6a8b2f4e07");
    assertThat(reading.text()).isEqualTo(text);
    assertThat(reading.reasoning()).isEqualTo(reasoning);
    assertThat(reading.tool().replace('"', '\'')).isEqualTo(tool);
    assertThat(reading.finish()).isEqualTo(finish);
    assertThat(reading.promptTokens()).isEqualTo(promptTokens);
    assertThat(reading.outputTokens()).isEqualTo(outputTokens);
  }

  @Test
  void twoToolCallsHaveTwoIndexes() {
    read("parallel-tool-calls.sse");

    assertThat(events.stream().flatMap(event -> event.getToolCallStart().stream()))
        .extracting(start -> start.getIndex().orElseThrow())
        .containsExactly(0, 1);
  }

  @Test
  void aCachedPromptIsInTheUsage() {
    read("cached-prompt.sse");
    Usage usage = end().getUsage().orElseThrow();

    assertThat(usage.getCachedTokens()).hasValue(1984.0);
    assertThat(usage.getBilledUnits().orElseThrow().getInputTokens()).hasValue(1520.0);
  }

  @Test
  void aFailedGenerationSaysWhy() {
    read("error-mid-stream.sse");

    assertThat(end().getError().orElseThrow()).contains("Recorded form");
  }

  private static int eventsIn(String name) {
    byte[] body = RecordedStream.load("cohere/" + name).toByteArray();
    return (int)
        new String(body, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith("event: "))
            .count();
  }

  private ChatMessageEndEventDelta end() {
    return events.stream()
        .flatMap(event -> event.getMessageEnd().stream())
        .map(ChatMessageEndEvent::getDelta)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow();
  }
}
