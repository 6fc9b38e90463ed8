package dev.latencylens.harness.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.ProviderContract;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamEvent;
import dev.latencylens.harness.stream.StreamEvent.Attributed;
import dev.latencylens.harness.stream.StreamEvent.Content;
import dev.latencylens.harness.stream.StreamEvent.Finished;
import dev.latencylens.harness.stream.StreamEvent.Terminated;
import dev.latencylens.harness.stream.StreamEvent.UsageReported;
import dev.latencylens.harness.stream.Usage;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class OpenAiProviderTest extends ProviderContract {
  OpenAiProviderTest() {
    super(new OpenAiProvider(), TargetOptions.NONE, "openai");
  }

  @Override
  protected Map.Entry<String, String> keyHeader() {
    return Map.entry("Authorization", "Bearer ");
  }

  @Override
  protected String errorType() {
    return "server_error";
  }

  @Override
  protected String eventWithText(final String json) {
    return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":"
        + json
        + "},\"finish_reason\":null}]}";
  }

  @Override
  protected List<String> eventsWithoutContent() {
    return List.of(
        "{\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}",
        "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}}]}",
        "{\"choices\":[{\"delta\":{\"content\":null,\"reasoning_content\":\"\"}}]}",
        "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}}]}",
        "{\"choices\":[{\"delta\":null}]}",
        "{\"choices\":[]}",
        "{\"choices\":null}",
        "{\"obfuscation\":\"abc\"}",
        "{}",
        " ",
        "[DONE]");
  }

  @Override
  protected int maxTokensOf(final JsonNode body) {
    return body.path("max_completion_tokens").asInt();
  }

  private static Usage usage(
      final long input,
      final OptionalLong cached,
      final long output,
      final OptionalLong reasoning,
      final long unstreamed) {
    return new Usage(
        OptionalLong.of(input),
        cached,
        OptionalLong.of(output),
        reasoning,
        OptionalLong.of(unstreamed));
  }

  @Test
  void readsAnAnswer() throws BrokenStreamException {
    assertThat(recorded.events("answer.sse"))
        .containsExactly(
            new Attributed(StreamAttribute.RESPONSE_ID, "chatcmpl-C1"),
            new Attributed(StreamAttribute.MODEL, "gpt-4o-mini-2024-07-18"),
            new Attributed(StreamAttribute.SERVICE_TIER, "default"),
            new Attributed(StreamAttribute.SYSTEM_FINGERPRINT, "fp_560af6e559"),
            new Content(ContentKind.TEXT, "Hé"),
            new Content(ContentKind.TEXT, "llo 🌍"),
            new Content(ContentKind.TEXT, ", \"wor\\ld\"\n"),
            new Content(ContentKind.TEXT, "."),
            new Finished("stop"),
            new UsageReported(usage(12, OptionalLong.of(4), 7, OptionalLong.of(0), 0)),
            new Terminated());
  }

  @Test
  void countsReasoningThatACompatibleServerStreamsAsStreamed() throws BrokenStreamException {
    assertThat(recorded.events("reasoning.sse"))
        .contains(
            new Finished("length"),
            new UsageReported(usage(21, OptionalLong.of(0), 9, OptionalLong.empty(), 0)));
  }

  @Test
  void countsReasoningThatWasStreamedAndCountedAsStreamed() throws BrokenStreamException {
    final byte[] body =
        stream(
            List.of(
                "{\"choices\":[{\"delta\":{\"reasoning\":\"Hm\"}}]}",
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":9,"
                    + "\"completion_tokens_details\":{\"reasoning_tokens\":5}}}"));

    assertThat(recorded.whole(body).events())
        .endsWith(new UsageReported(usage(1, OptionalLong.empty(), 9, OptionalLong.of(5), 0)));
  }

  @Test
  void countsHiddenReasoningAsUnstreamed() throws BrokenStreamException {
    assertThat(recorded.events("hidden-reasoning.sse"))
        .contains(new UsageReported(usage(30, OptionalLong.of(0), 70, OptionalLong.of(64), 64)));
  }

  @Test
  void readsToolCallsAndRefusals() throws BrokenStreamException {
    assertThat(recorded.events("tool-call.sse"))
        .contains(new Finished("tool_calls"))
        .filteredOn(Content.class::isInstance)
        .containsExactly(
            new Content(ContentKind.TOOL_ARGUMENTS, "{\"city\":"),
            new Content(ContentKind.TOOL_ARGUMENTS, "\"Zürich\"}"));
    assertThat(recorded.events("refusal.sse"))
        .filteredOn(Content.class::isInstance)
        .containsExactly(
            new Content(ContentKind.TEXT, "I can't"), new Content(ContentKind.TEXT, " do that."));
  }

  @Test
  void readsAServerThatDeviates() throws BrokenStreamException {
    assertThat(recorded.events("deviating.sse"))
        .containsExactly(
            new Content(ContentKind.TEXT, "Ja"),
            new Content(ContentKind.TEXT, "wohl"),
            new Finished("stop"),
            new UsageReported(usage(3, OptionalLong.empty(), 2, OptionalLong.empty(), 0)));
  }

  @Test
  void namesAnErrorByItsTypeBeforeItsCode() {
    for (final String error :
        List.of(
            "{\"error\":{\"type\":\"a\",\"code\":\"b\"}}",
            "{\"error\":{\"code\":\"b\",\"type\":\"a\"}}")) {
      assertThat(api.errorType(error.getBytes(UTF_8))).contains("a");
    }
  }

  @Test
  void namesAnErrorByItsCodeWhereItHasNoType() throws BrokenStreamException {
    final byte[] body =
        stream(List.of("{\"error\":{\"code\":502,\"message\":\"x\"},\"choices\":[]}"));

    assertThat(recorded.whole(body).events()).contains(new StreamEvent.Failed("502"));
    assertThat(api.errorType("{\"error\":{\"code\":\"model_not_found\"}}".getBytes(UTF_8)))
        .contains("model_not_found");
  }

  @Test
  void theServersWordsAreKeptShortAndPlain() throws BrokenStreamException {
    final byte[] body =
        stream(
            List.of(
                "{\"id\":\"\",\"model\":null}",
                "{\"id\":\"a\\u0000b"
                    + "c".repeat(300)
                    + "\",\"choices\":[{\"finish_reason\":\"Sorry, bob\"}]}",
                "{\"id\":\"later\",\"choices\":[{\"finish_reason\":\"other\"}]}"));

    assertThat(recorded.whole(body).events())
        .containsExactly(
            new Attributed(StreamAttribute.RESPONSE_ID, "a?b" + "c".repeat(197)),
            new Finished("other"));
  }

  @Test
  void readsTheInputOfACustomTool() throws BrokenStreamException {
    final byte[] body =
        stream(
            List.of(
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"type\":\"custom\",\"custom\":{\"name\":\"sql\","
                    + "\"input\":\"\"}}]}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"custom\":{\"input\":\"SELECT 1\"}}]}}]}"));

    assertThat(recorded.whole(body).events())
        .containsExactly(new Content(ContentKind.TOOL_ARGUMENTS, "SELECT 1"));
  }

  @Test
  void whoPaysAndThePaddingAreSentWhereTheTargetSaysSo() throws OptionException {
    final StreamApi paid =
        provider.api(
            Options.of(
                "organization", "org-abc123", "project", "proj_abc123", "obfuscation", "off"));

    assertThat(Requests.written(paid, fullRequest()))
        .isEqualTo(recorded.text("request-account.golden"));
  }

  @Test
  void aSummaryOfTheReasoningIsForTheResponsesApiOnly() throws OptionException {
    assertThatThrownBy(() -> provider.api(Options.of("reasoning_summary", "auto")))
        .isInstanceOfSatisfying(
            OptionException.class, e -> assertThat(e.option()).isEqualTo("reasoning_summary"))
        .hasMessageContaining("api: responses");
    assertThat(provider.api(Options.of("reasoning_summary", "none", "api", "chat")))
        .isInstanceOf(ChatCompletions.class);
  }

  @Test
  void theServersTimeIsReadFromTheHead() {
    assertThat(Requests.attributes(api, Map.of("openai-processing-ms", "1234")))
        .containsExactly(Map.entry(StreamAttribute.SERVER_NANOS, "1234000000"));
    for (final String other : List.of("", "-1", "1.5", "soon", "1234567890123")) {
      assertThat(Requests.attributes(api, Map.of("openai-processing-ms", other)))
          .as(other)
          .isEmpty();
    }
    assertThat(api.requestIdHeaders()).containsExactly("x-request-id");
  }
}
