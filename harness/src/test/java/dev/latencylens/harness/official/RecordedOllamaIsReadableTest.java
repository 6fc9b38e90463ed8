package dev.latencylens.harness.official;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LangChain4j's client of Ollama reads the recorded streams. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedOllamaIsReadableTest {

  private static final String OSLO = "get_tide{'harbour':'Oslo'}";
  private static final String BERGEN = "get_tide{'harbour':'Bergen'}";

  private final RecordedServer server = new RecordedServer();

  @AfterAll
  void stop() {
    server.close();
  }

  private Reading read(String name) {
    URI base = server.serve("ollama/" + name);
    return new OllamaClient(base, Optional.empty()).read("any", 1000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // name | text | thinking | tool | finish | prompt and output tokens
        "text.ndjson|Hello from the café — 日本.|\"\"|\"\"|STOP|26|9",
        "text-one-chunk.ndjson|Hello there.|\"\"|\"\"|STOP|26|3",
        "empty-first-line.ndjson|Hello.|\"\"|\"\"|STOP|71|12",
        "escaped-characters.ndjson|If a < b && c > d.|\"\"|\"\"|STOP|31|11",
        "cloud-model.ndjson|Hello.|\"\"|\"\"|STOP|71|12",
        "cached-prompt.ndjson|Yes.|\"\"|\"\"|STOP|1536|4",
        "tool-call.ndjson|Let me look.|\"\"|" + OSLO + "|TOOL_EXECUTION|187|29",
        "older-tool-call.ndjson|\"\"|\"\"|" + OSLO + "|TOOL_EXECUTION|169|18",
        "parallel-tool-calls.ndjson|\"\"|\"\"|" + OSLO + BERGEN + "|TOOL_EXECUTION|187|48",
        "length.ndjson|One two three|\"\"|\"\"|LENGTH|21|3"
      })
  void theClientFindsTextToolCallFinishReasonAndCounts(
      String name,
      String text,
      String reasoning,
      String tool,
      String finish,
      long promptTokens,
      long outputTokens) {
    Reading reading = read(name);

    assertThat(reading.text()).isEqualTo(text);
    assertThat(reading.reasoning()).isEqualTo(reasoning);
    assertThat(reading.tool().replace('"', '\'')).isEqualTo(tool);
    assertThat(reading.finish()).isEqualTo(finish);
    assertThat(reading.promptTokens()).isEqualTo(promptTokens);
    assertThat(reading.outputTokens()).isEqualTo(outputTokens);
  }

  @ParameterizedTest
  @CsvSource({
    "thinking.ndjson, 'The user wants 391 × 2.', 782 it is.",
    "thinking-and-tool-call.ndjson, A tool knows this., ''",
    "length-in-thinking.ndjson, 'First, let', ''"
  })
  void thinkingIsKeptApartFromTheAnswer(String name, String thinking, String text) {
    Reading reading = read(name);

    assertThat(reading.reasoning().strip()).isEqualTo(thinking);
    assertThat(reading.text()).isEqualTo(text);
  }

  @Test
  void whatAnOlderServerLeavesOutIsLeftOut() {
    assertThat(read("older-without-done-reason.ndjson").finish()).isEmpty();
    assertThat(read("older-without-prompt-count.ndjson").promptTokens()).isEqualTo(-1);
  }

  @Test
  void anErrorLineIsAnErrorToTheClient() {
    assertThatThrownBy(() -> read("error-mid-stream.ndjson")).hasMessageContaining("Recorded form");
  }
}
