package dev.latencylens.harness.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.ProviderContract;
import dev.latencylens.harness.provider.openai.Options;
import dev.latencylens.harness.provider.openai.Requests;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamEvent.Attributed;
import dev.latencylens.harness.stream.StreamEvent.Content;
import dev.latencylens.harness.stream.StreamEvent.Finished;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AzureChatTest extends ProviderContract {
  AzureChatTest() {
    super(new AzureOpenAiProvider(), Options.of("api_version", "2024-10-21"), "azure-openai");
  }

  @Override
  protected Map.Entry<String, String> keyHeader() {
    return Map.entry("api-key", "");
  }

  @Override
  protected String errorType() {
    return "content_filter";
  }

  @Override
  protected String eventWithText(final String json) {
    return "{\"choices\":[{\"content_filter_results\":{},\"delta\":{\"content\":" + json + "}}]}";
  }

  @Override
  protected List<String> eventsWithoutContent() {
    return List.of(
        "{\"choices\":[],\"id\":\"\",\"model\":\"\",\"prompt_filter_results\":[{\"prompt_index\":0,"
            + "\"content_filter_results\":{\"hate\":{\"filtered\":false,\"severity\":\"safe\"}}}]}",
        "{\"choices\":[{\"content_filter_offsets\":{\"start_offset\":4},\"content_filter_results\":"
            + "{\"custom\":{\"content\":\"no\"}},\"finish_reason\":null,\"index\":0}]}",
        "{\"choices\":[{\"content_filter_results\":{},\"delta\":{\"content\":\"\"}}]}",
        "[DONE]");
  }

  @Override
  protected int maxTokensOf(final JsonNode body) {
    return body.path("max_completion_tokens").asInt();
  }

  @Test
  void theChunkOfThePromptsFilterSaysNothingOfTheStream() throws BrokenStreamException {
    assertThat(recorded.events("answer"))
        .filteredOn(Attributed.class::isInstance)
        .containsExactlyInAnyOrder(
            new Attributed(StreamAttribute.RESPONSE_ID, "chatcmpl-A1"),
            new Attributed(StreamAttribute.MODEL, "gpt-5.4-mini-2026-03-17"),
            new Attributed(StreamAttribute.SERVICE_TIER, "default"));
  }

  @Test
  void anAnswerThatTheFilterCutOffIsFinishedByIt() throws BrokenStreamException {
    assertThat(recorded.events("filtered"))
        .contains(new Content(ContentKind.TEXT, "So"), new Finished("content_filter"));
  }

  @Test
  void theV1AddressTakesNoVersionAndNamesTheDeploymentInTheBody() throws OptionException {
    assertThat(
            Requests.written(
                provider.api(Options.of("deployment", "my-deployment")), fullRequest()))
        .isEqualTo(recorded.text("request-v1.golden"));
  }

  @Test
  void readsRegionServerTimeAndIdsFromTheHead() {
    assertThat(
            Requests.attributes(
                api, Map.of("x-ms-region", "Sweden Central", "openai-processing-ms", "7")))
        .containsOnly(
            Map.entry(StreamAttribute.REGION, "Sweden Central"),
            Map.entry(StreamAttribute.SERVER_NANOS, "7000000"));
    assertThat(Requests.attributes(api, Map.of())).isEmpty();
    assertThat(api.requestIdHeaders()).containsExactly("apim-request-id", "x-request-id");
  }
}
