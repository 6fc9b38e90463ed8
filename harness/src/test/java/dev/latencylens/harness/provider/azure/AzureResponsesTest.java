package dev.latencylens.harness.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latencylens.harness.provider.ProviderContract;
import dev.latencylens.harness.provider.openai.Options;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamEvent.Attributed;
import dev.latencylens.harness.stream.StreamEvent.Content;
import dev.latencylens.harness.stream.StreamEvent.Finished;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Azure sorts the fields of each object by name, so that an event's type comes last. */
final class AzureResponsesTest extends ProviderContract {
  AzureResponsesTest() {
    super(new AzureOpenAiProvider(), Options.of("api", "responses"), "azure-openai-responses");
  }

  @Override
  protected Map.Entry<String, String> keyHeader() {
    return Map.entry("api-key", "");
  }

  @Override
  protected String errorType() {
    return "server_error";
  }

  @Override
  protected String errorBody() {
    return "{\"error\":{\"code\":\"server_error\",\"message\":\"FREETEXT\",\"type\":null}}";
  }

  @Override
  protected String eventWithText(final String json) {
    return "{\"delta\":" + json + ",\"item_id\":\"m\",\"type\":\"response.output_text.delta\"}";
  }

  @Override
  protected List<String> eventsWithoutContent() {
    return List.of(
        "{\"delta\":\"\",\"type\":\"response.output_text.delta\"}",
        "{\"content_filters\":[{\"blocked\":false}],\"delta\":\"x\",\"type\":\"response.other\"}",
        "{\"text\":\"whole\",\"type\":\"response.output_text.done\"}");
  }

  @Override
  protected int maxTokensOf(final JsonNode body) {
    return body.path("max_output_tokens").asInt();
  }

  @Test
  void theTierIsFoundThoughTheTypeComesAfterIt() throws BrokenStreamException {
    assertThat(recorded.events("answer"))
        .contains(new Attributed(StreamAttribute.SERVICE_TIER, "default"));
  }

  @Test
  void anAnswerThatTheFilterCutOffIsFinishedByIt() throws BrokenStreamException {
    assertThat(recorded.events("deviating"))
        .contains(new Content(ContentKind.TEXT, "Ja"), new Finished("content_filter"));
  }
}
