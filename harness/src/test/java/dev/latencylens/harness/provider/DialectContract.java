package dev.latencylens.harness.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latencylens.harness.config.BundledDialects;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.EventCollector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract of every provider, for one entry of the table of dialects. */
abstract class DialectContract extends ProviderContract {
  private final ChatDialect dialect;

  DialectContract(final String id) {
    super(Providers.load().get(id), TargetOptions.NONE, id);
    dialect =
        new BundledDialects()
            .dialects().stream().filter(entry -> entry.id().equals(id)).findFirst().orElseThrow();
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
    return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":" + json + "}}]}";
  }

  @Override
  protected List<String> eventsWithoutContent() {
    return List.of(
        "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}",
        "{\"choices\":[{\"delta\":{\"content\":null,\"reasoning_content\":\"\",\"reasoning\":\"\"}}]}",
        "{\"choices\":[{\"delta\":{\"content\":[]}}]}",
        "{\"choices\":[{\"delta\":{\"content\":[{\"type\":\"thinking\",\"thinking\":[]}]}}]}",
        "{\"choices\":[{\"delta\":{\"content\":[{\"type\":\"text\",\"text\":\"\"},null,[]]}}]}",
        "{\"choices\":[],\"x_groq\":null}",
        "{}",
        "[DONE]");
  }

  @Override
  protected int maxTokensOf(final JsonNode body) {
    return body.path(dialect.maxTokens().wireName()).asInt();
  }

  @Test
  void keepAlivesAreRecordedWhereTheEntrySaysSo() {
    assertThat(recorded.text("answer").contains("\n: keep-alive\n"))
        .isEqualTo(dialect.keepAlives());
  }

  @Test
  void reasoningInAnotherServicesPlaceIsNone() throws BrokenStreamException {
    for (final ChatDialect.ReasoningPlace place : ChatDialect.ReasoningPlace.values()) {
      final EventCollector events = recorded.whole(stream(List.of(reasoningAt(place))));
      assertThat(events.content(ContentKind.REASONING))
          .as("%s", place)
          .isEqualTo(dialect.reasoning().contains(place) ? "Hm" : "");
      assertThat(events.content(ContentKind.TEXT)).isEmpty();
    }
  }

  private static String reasoningAt(final ChatDialect.ReasoningPlace place) {
    final String delta =
        switch (place) {
          case REASONING -> "{\"reasoning\":\"Hm\"}";
          case REASONING_CONTENT -> "{\"reasoning_content\":\"Hm\"}";
          case CONTENT_PARTS ->
              "{\"content\":[{\"thinking\":[{\"text\":\"Hm\",\"type\":\"text\"}]}]}";
        };
    return "{\"choices\":[{\"delta\":" + delta + "}]}";
  }
}
