package dev.latencylens.harness.official;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.models.responses.Response;
import dev.latencylens.harness.official.OpenAiClients.Service;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's client reads the recorded streams of the Responses API and of Azure. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedOpenAiServicesAreReadableTest {

  private static final String LOOK = "get_tide{'harbour':'Oslo'}";

  private final RecordedServer server = new RecordedServer();

  @AfterAll
  void stop() {
    server.close();
  }

  private OpenAiClients serve(String name) {
    URI base = server.serve(name);
    return new OpenAiClients(base, Optional.empty());
  }

  private ResponsesSum response(String name) {
    return serve("openai-responses/" + name)
        .responses(Service.OPENAI, "any", 1000, event -> assertThat(event.isValid()).isTrue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // name | text | tool | finish | prompt, output and reasoning tokens
        "text.sse|Hello from the café — 日本.|\"\"|completed|12|8|0",
        "text-without-obfuscation.sse|Hello from the café — 日本.|\"\"|completed|12|8|0",
        "cached-prompt.sse|Yes.|\"\"|completed|1536|2|0",
        "hidden-reasoning.sse|The answer is 42.|\"\"|completed|21|197|192",
        "tool-call.sse|Let me look.|" + LOOK + "|completed|53|45|26",
        "azure-tool-call.sse|\"\"|" + LOOK + "|completed|45|24|0",
        "refusal.sse|I'm sorry, no.|\"\"|completed|18|5|0",
        "incomplete.sse|One two three|\"\"|incomplete max_output_tokens|9|16|0",
        "incomplete-in-reasoning.sse|\"\"|\"\"|incomplete max_output_tokens|21|64|64",
        "content-filter.sse|It begins|\"\"|incomplete content_filter|14|2|0"
      })
  void theClientFindsTextFinishReasonAndUsageOfAResponse(
      String name,
      String text,
      String tool,
      String finish,
      long promptTokens,
      long outputTokens,
      long reasoningTokens) {
    Reading reading = response(name).reading();

    assertThat(reading.text()).isEqualTo(text);
    assertThat(reading.tool().replace('"', '\'')).isEqualTo(tool);
    assertThat(reading.finish()).isEqualTo(finish);
    assertThat(reading.promptTokens()).isEqualTo(promptTokens);
    assertThat(reading.outputTokens()).isEqualTo(outputTokens);
    assertThat(reading.reasoningTokens()).isEqualTo(reasoningTokens);
  }

  @Test
  void aSummaryOfReasoningIsKeptApartFromTheAnswer() {
    Reading reading = response("reasoning-summary.sse").reading();

    assertThat(reading.text()).isEqualTo("391 × 2 = 782.");
    assertThat(reading.reasoning()).contains("**Planning**", "**Checking**");
    assertThat(reading.reasoningTokens()).isEqualTo(64);
  }

  @Test
  void twoToolCallsAreTwoItems() {
    Response response = response("parallel-tool-calls.sse").response();

    assertThat(response.output())
        .extracting(item -> item.functionCall().orElseThrow().arguments())
        .containsExactly("{\"harbour\":\"Oslo\"}", "{\"harbour\":\"Bergen\"}");
  }

  @Test
  void aCachedPromptIsInTheUsage() {
    assertThat(
            response("cached-prompt.sse")
                .response()
                .usage()
                .orElseThrow()
                .inputTokensDetails()
                .cachedTokens())
        .isEqualTo(1408);
  }

  @Test
  void anErrorInTheRecordedFormIsAnErrorToTheClient() {
    assertThatThrownBy(() -> response("error-mid-stream.sse"))
        .hasMessageContaining("Recorded form");
  }

  @Test
  void anErrorInTheDocumentedFormIsAnEventToTheClient() {
    assertThat(response("error-as-documented.sse").failure()).contains("Recorded form");
  }

  @Test
  void aFailedResponseSaysWhy() {
    Response failed = response("failed.sse").response();

    assertThat(failed.status()).hasToString("Optional[failed]");
    assertThat(failed.error().orElseThrow().code().asString()).isEqualTo("rate_limit_exceeded");
  }

  @Test
  void aResponseThatIsCutOffIsNotWholeToTheClient() {
    ResponsesSum cutOff = response("truncated.sse");

    assertThatThrownBy(cutOff::reading).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "text.sse|Hello from the café — 日本.|\"\"|stop|12|8|0",
        "text-without-usage.sse|Hello.|\"\"|stop|-1|-1|0",
        "asynchronous-filter.sse|Hello from the café — 日本.|\"\"|stop|12|8|0",
        "hidden-reasoning.sse|Capital of Norway.|\"\"|stop|15|78|64",
        "tool-call.sse|\"\"|" + LOOK + "|tool_calls|53|15|0",
        "length.sse|One two three|\"\"|length|9|3|0",
        "content-filter.sse|It begins|\"\"|content_filter|14|2|0",
        "truncated.sse|Half an answer|\"\"|\"\"|-1|-1|0"
      })
  void theClientFindsTextFinishReasonAndUsageOfAzuresChat(
      String name,
      String text,
      String tool,
      String finish,
      long promptTokens,
      long outputTokens,
      long reasoningTokens) {
    Reading reading = serve("azure-openai/" + name).chat(Service.AZURE_DEPLOYMENTS, "any", 1000);

    assertThat(reading.id()).startsWith("chatcmpl-");
    assertThat(reading.text()).isEqualTo(text);
    assertThat(reading.tool().replace('"', '\'')).isEqualTo(tool);
    assertThat(reading.finish()).isEqualTo(finish);
    assertThat(reading.promptTokens()).isEqualTo(promptTokens);
    assertThat(reading.outputTokens()).isEqualTo(outputTokens);
    assertThat(reading.reasoningTokens()).isEqualTo(reasoningTokens);
  }

  @ParameterizedTest
  @ValueSource(strings = {"azure-openai/error-mid-stream.sse"})
  void anErrorInTheMiddleOfAzuresChatIsAnErrorToTheClient(String name) {
    assertThatThrownBy(() -> serve(name).chat(Service.AZURE_V1_TOKEN, "any", 1000))
        .hasMessageContaining("Recorded form");
  }
}
