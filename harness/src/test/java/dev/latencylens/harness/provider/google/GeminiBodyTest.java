package dev.latencylens.harness.provider.google;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.provider.RequestBody;
import dev.latencylens.harness.stream.StreamRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class GeminiBodyTest {
  private static String generationConfig(
      final boolean thoughts, final Optional<String> effort, final OptionalInt budget) {
    final StreamRequest request =
        new StreamRequest(
            "r1",
            "m",
            Optional.empty(),
            List.of(new StreamRequest.Message(StreamRequest.Role.USER, "Hi")),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty(),
            List.of(),
            effort,
            budget,
            List.of(),
            Optional.empty());
    final String written =
        new String(
            RequestBody.toBytes(
                request, json -> new GeminiBody(thoughts).writeFields(request, json)),
            UTF_8);
    return written.substring(written.indexOf("\"generationConfig\""), written.length() - 1);
  }

  @Test
  void aBudgetGoesAloneAndALevelInItsPlace() {
    assertThat(generationConfig(false, Optional.empty(), OptionalInt.of(0)))
        .isEqualTo("\"generationConfig\":{\"thinkingConfig\":{\"thinkingBudget\":0}}");
    assertThat(generationConfig(false, Optional.of("high"), OptionalInt.of(512)))
        .isEqualTo("\"generationConfig\":{\"thinkingConfig\":{\"thinkingLevel\":\"high\"}}");
  }

  @Test
  void summariesOfThoughtsAreAskedForOnlyWhereTheTargetSaysSo() {
    assertThat(generationConfig(true, Optional.empty(), OptionalInt.empty()))
        .isEqualTo("\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true}}");
    assertThat(generationConfig(false, Optional.empty(), OptionalInt.empty()))
        .isEqualTo("\"generationConfig\":{}");
  }
}
