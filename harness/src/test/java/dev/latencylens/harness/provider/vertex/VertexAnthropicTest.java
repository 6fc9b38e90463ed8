package dev.latencylens.harness.provider.vertex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.provider.anthropic.AnthropicContract;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.StreamEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VertexAnthropicTest extends AnthropicContract {
  VertexAnthropicTest() {
    super(
        new VertexProvider(),
        VertexGeminiTest.options(Map.of("publisher", "anthropic")),
        "vertex-anthropic");
  }

  @Override
  protected Map.Entry<String, String> keyHeader() {
    return Map.entry("Authorization", "Bearer ");
  }

  @Test
  void theRegionIsThatOfTheAddressWhateverTheStreamSays() throws BrokenStreamException {
    final String start =
        "{\"type\":\"message_start\",\"message\":{\"usage\":{\"inference_geo\":\"us\"}}}";

    assertThat(recorded.whole(stream(List.of(start))).events())
        .noneMatch(StreamEvent.Attributed.class::isInstance);
  }

  @Test
  void findsTheTypeInTheGatewaysOwnErrorsMidStream() throws BrokenStreamException {
    final String error =
        "{\"error\":{\"code\":429,\"message\":\"FREETEXT\",\"status\":\"RESOURCE_EXHAUSTED\"}}";

    assertThat(recorded.whole(stream(List.of(error))).events())
        .containsExactly(new StreamEvent.Failed("RESOURCE_EXHAUSTED"));
  }

  @Test
  void findsTheTypeInTheGatewaysOwnErrors() {
    assertThat(
            api.errorType(
                "{\"error\":{\"code\":403,\"message\":\"FREETEXT\",\"status\":\"PERMISSION_DENIED\"}}"
                    .getBytes(UTF_8)))
        .contains("PERMISSION_DENIED");
  }
}
