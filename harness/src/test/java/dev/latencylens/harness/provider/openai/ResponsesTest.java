package dev.latencylens.harness.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.ProviderContract;
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
import dev.latencylens.harness.stream.Usage;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResponsesTest extends ProviderContract {
  ResponsesTest() {
    super(new OpenAiProvider(), Options.of("api", "responses"), "openai-responses");
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
    return "{\"type\":\"response.output_text.delta\",\"item_id\":\"m\",\"delta\":" + json + "}";
  }

  @Override
  protected List<String> eventsWithoutContent() {
    return List.of(
        "{\"type\":\"response.output_text.delta\",\"delta\":\"\",\"obfuscation\":\"x\"}",
        "{\"delta\":\"of no type\"}",
        "{\"type\":\"response.output_text.delta\",\"delta\":null}",
        "{\"type\":\"response.output_text.delta\"}",
        "{\"type\":\"response.output_text.done\",\"text\":\"whole\"}",
        "{\"type\":\"response.content_part.done\",\"part\":{\"type\":\"output_text\",\"text\":\"a\"}}",
        "{\"type\":\"response.output_item.done\",\"item\":{\"content\":[{\"text\":\"a\"}]}}",
        "{\"type\":\"response.function_call_arguments.delta\",\"delta\":\"\"}",
        "{\"type\":\"response.function_call_arguments.done\",\"arguments\":\"{}\"}",
        "{\"type\":\"response.reasoning_summary_part.added\",\"part\":{\"text\":\"\"}}",
        "{\"type\":\"response.shell_call_output_content.delta\",\"delta\":{\"stdout\":\"a\"}}",
        "{\"type\":\"response.image_generation_call.partial_image\",\"partial_image_b64\":\"AA==\"}",
        "{\"type\":\"keepalive\",\"sequence_number\":3}",
        "{\"response\":null,\"type\":7}",
        "{}",
        " ",
        "[DONE]");
  }

  @Override
  protected int maxTokensOf(final JsonNode body) {
    return body.path("max_output_tokens").asInt();
  }

  private static UsageReported usage(
      final long input, final long output, final long reasoning, final long unstreamed) {
    return new UsageReported(
        new Usage(
            OptionalLong.of(input),
            OptionalLong.of(0),
            OptionalLong.of(output),
            OptionalLong.of(reasoning),
            OptionalLong.of(unstreamed)));
  }

  @Test
  void readsAnAnswerOnceThoughTheServiceRepeatsItWhole() throws BrokenStreamException {
    assertThat(recorded.events("answer"))
        .containsExactly(
            new Attributed(StreamAttribute.RESPONSE_ID, "resp_0a1b2c3d4e5f"),
            new Attributed(StreamAttribute.MODEL, "gpt-5.4-mini-2026-03-17"),
            new Content(ContentKind.TEXT, "Hé"),
            new Content(ContentKind.TEXT, "llo 🌍"),
            new Content(ContentKind.TEXT, ", \"wor\\ld\"\n"),
            new Content(ContentKind.TEXT, "."),
            new Attributed(StreamAttribute.SERVICE_TIER, "default"),
            new Finished("completed"),
            new UsageReported(
                new Usage(
                    OptionalLong.of(12),
                    OptionalLong.of(4),
                    OptionalLong.of(7),
                    OptionalLong.of(0),
                    OptionalLong.of(0))),
            new Terminated());
  }

  @Test
  void theTierIsTheOneThatWasGrantedAndNotTheOneAskedFor() throws BrokenStreamException {
    assertThat(recorded.events("hidden-reasoning"))
        .contains(new Attributed(StreamAttribute.SERVICE_TIER, "flex"))
        .doesNotContain(new Attributed(StreamAttribute.SERVICE_TIER, "auto"));
  }

  @Test
  void reasoningThatIsBilledAndNotShownIsUnstreamed() throws BrokenStreamException {
    assertThat(recorded.events("hidden-reasoning")).contains(usage(30, 70, 64, 64));
  }

  @Test
  void besideASummaryOfTheReasoningTheSplitIsUnknown() throws BrokenStreamException {
    assertThat(recorded.events("reasoning"))
        .contains(
            new UsageReported(
                new Usage(
                    OptionalLong.of(30),
                    OptionalLong.of(0),
                    OptionalLong.of(70),
                    OptionalLong.of(64),
                    OptionalLong.empty())));
  }

  @Test
  void rawReasoningCountsAsStreamed() throws BrokenStreamException {
    assertThat(recorded.events("raw-reasoning"))
        .contains(
            new Content(ContentKind.REASONING, "Hm"),
            new Content(ContentKind.REASONING, "m."),
            usage(9, 6, 3, 0));
  }

  @Test
  void readsToolCallsAndRefusals() throws BrokenStreamException {
    assertThat(recorded.events("tool-call"))
        .contains(new Finished("completed"))
        .filteredOn(Content.class::isInstance)
        .containsExactly(
            new Content(ContentKind.TOOL_ARGUMENTS, "{\"city\":"),
            new Content(ContentKind.TOOL_ARGUMENTS, "\"Zürich\"}"));
    assertThat(recorded.events("refusal"))
        .filteredOn(Content.class::isInstance)
        .containsExactly(
            new Content(ContentKind.TEXT, "I can't"), new Content(ContentKind.TEXT, " do that."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "response.custom_tool_call_input.delta",
        "response.mcp_call_arguments.delta",
        "response.code_interpreter_call_code.delta",
        "response.shell_call_command.delta",
        "response.apply_patch_call_operation_diff.delta"
      })
  void whatAModelHandsToAnyToolIsToolArguments(final String type) throws BrokenStreamException {
    final byte[] body =
        stream(
            List.of(
                "{\"type\":\"" + type + "\",\"delta\":\"a\"}",
                "{\"delta\":\"b\",\"type\":\"" + type + "\"}"));

    assertThat(recorded.whole(body).events())
        .containsExactly(
            new Content(ContentKind.TOOL_ARGUMENTS, "a"),
            new Content(ContentKind.TOOL_ARGUMENTS, "b"));
  }

  @Test
  void anAnswerThatHitItsLimitEndsProperlyWithTheReason() throws BrokenStreamException {
    assertThat(recorded.events("incomplete"))
        .endsWith(new Finished("max_output_tokens"), usage(8, 2, 0, 0), new Terminated());
  }

  @Test
  void anIncompleteAnswerWithoutAReasonIsFinishedByItsStatus() throws BrokenStreamException {
    final byte[] body =
        stream(
            List.of(
                "{\"type\":\"response.incomplete\",\"response\":{\"incomplete_details\":null}}"));

    assertThat(recorded.whole(body).events())
        .containsExactly(new Finished("incomplete"), new Terminated());
  }

  @Test
  void aFailedResponseIsAnErrorByItsCodeAfterItsUsage() throws BrokenStreamException {
    assertThat(recorded.events("failed"))
        .endsWith(usage(3, 0, 0, 0), new Failed("rate_limit_exceeded"));
    assertThat(recorded.events("failed")).noneMatch(Terminated.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"error\",\"code\":\"the_code\",\"message\":\"FREETEXT\",\"param\":null}",
        "{\"message\":\"FREETEXT\",\"code\":\"the_code\",\"type\":\"error\"}",
        "{\"type\":\"error\",\"error\":{\"type\":\"a_type\",\"code\":\"the_code\"}}",
        "{\"error\":{\"code\":null,\"type\":\"the_code\"},\"sequence_number\":2,\"type\":\"error\"}",
        "{\"error\":{\"code\":\"the_code\"}}",
        "{\"response\":{\"error\":{\"code\":\"the_code\"}},\"type\":\"response.failed\"}"
      })
  void anErrorIsNamedByItsCodeInEachFormThatTheServiceSends(final String event)
      throws BrokenStreamException {
    assertThat(recorded.whole(stream(List.of(event))).events())
        .containsExactly(new Failed("the_code"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"error\",\"code\":\"FREETEXT of bob\"}",
        "{\"type\":\"error\",\"error\":null}",
        "{\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"FREETEXT of bob\"}}}",
        "{\"type\":\"response.failed\"}"
      })
  void anErrorWithoutACodeIsStillAnError(final String event) throws BrokenStreamException {
    assertThat(recorded.whole(stream(List.of(event))).events())
        .containsExactly(new Failed("error"));
  }

  @Test
  void aCodeOfAnotherEventNamesNoError() throws BrokenStreamException {
    final byte[] body =
        stream(
            List.of(
                "{\"type\":\"response.code_interpreter_call_code.done\",\"code\":\"print\"}",
                "{\"type\":\"error\"}"));

    assertThat(recorded.whole(body).events()).containsExactly(new Failed("error"));
  }

  @Test
  void readsAServerThatDeviates() throws BrokenStreamException {
    assertThat(recorded.events("deviating"))
        .containsExactly(
            new Content(ContentKind.TEXT, "Ja"),
            new Content(ContentKind.TEXT, "wohl"),
            new Finished("incomplete"),
            new UsageReported(
                new Usage(
                    OptionalLong.of(3),
                    OptionalLong.empty(),
                    OptionalLong.of(2),
                    OptionalLong.empty(),
                    OptionalLong.of(0))),
            new Terminated());
  }

  @Test
  void aResponseObjectOfManyMebibytesIsPassedBy() throws BrokenStreamException {
    final String large = "0123456789".repeat(800_000);
    final byte[] body =
        stream(
            List.of(
                "{\"type\":\"response.completed\",\"response\":{\"instructions\":\""
                    + large
                    + "\",\"output\":[{\"content\":[{\"text\":\""
                    + large
                    + "\"}]}],\"id\":\"r\",\"usage\":{\"output_tokens\":1}}}"));

    assertThat(recorded.whole(body).events())
        .hasSize(4)
        .contains(new Attributed(StreamAttribute.RESPONSE_ID, "r"), new Terminated());
  }

  @Test
  void aReasonThatIsFreeTextIsNotPassedOn() throws BrokenStreamException {
    final byte[] body =
        stream(
            List.of(
                "{\"type\":\"response.incomplete\",\"response\":{\"incomplete_details\":"
                    + "{\"reason\":\"Sorry, bob\"}}}"));

    assertThat(recorded.whole(body).events()).first().isEqualTo(new Finished("other"));
  }

  @Test
  void theSummaryAndThePaddingAreAskedForWhereTheTargetSaysSo() throws OptionException {
    assertThat(
            Requests.written(
                provider.api(
                    Options.of(
                        "api", "responses", "reasoning_summary", "detailed", "obfuscation", "on")),
                fullRequest()))
        .isEqualTo(recorded.text("request-summary.golden"));
  }

  @Test
  void theServersTimeIsReadFromTheHead() {
    assertThat(Requests.attributes(api, Map.of("openai-processing-ms", "0")))
        .containsExactly(Map.entry(StreamAttribute.SERVER_NANOS, "0"));
  }

  @Test
  void aDoneMarkAloneEndsTheStreamToo() throws BrokenStreamException {
    assertThat(recorded.whole(stream(List.of("[DONE]", "[DONE]"))).events())
        .containsExactly(new StreamEvent.Terminated());
  }
}
