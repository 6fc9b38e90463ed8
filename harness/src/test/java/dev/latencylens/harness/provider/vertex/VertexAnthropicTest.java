package dev.latencylens.harness.provider.vertex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.provider.anthropic.AnthropicContract;
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
  void findsTheTypeInTheGatewaysOwnErrors() {
    assertThat(
            api.errorType(
                "{\"error\":{\"code\":403,\"message\":\"FREETEXT\",\"status\":\"PERMISSION_DENIED\"}}"
                    .getBytes(UTF_8)))
        .contains("PERMISSION_DENIED");
  }
}
