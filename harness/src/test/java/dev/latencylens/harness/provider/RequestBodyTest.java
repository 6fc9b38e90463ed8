package dev.latencylens.harness.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.stream.StreamRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class RequestBodyTest {
  private static String written(final Optional<String> extra) {
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
            Optional.empty(),
            OptionalInt.empty(),
            List.of(),
            extra);
    return new String(
        RequestBody.toBytes(
            request,
            json -> {
              json.writeStringField("model", "m");
              json.writeObjectFieldStart("options");
              json.writeNumberField("a", 0.1);
              json.writeNumberField("b", 12345678901L);
              json.writeEndObject();
            }),
        UTF_8);
  }

  @Test
  void withoutExtraFieldsTheBodyIsTheProvidersOwn() {
    assertThat(written(Optional.empty()))
        .isEqualTo("{\"model\":\"m\",\"options\":{\"a\":0.1,\"b\":12345678901}}");
  }

  @Test
  void extraFieldsAreMergedAndReplaceAndTakeOut() {
    assertThat(written(Optional.of("{\"options\":{\"a\":2,\"c\":{\"d\":[1]}},\"x\":\"🌍\"}")))
        .isEqualTo(
            "{\"model\":\"m\",\"options\":{\"a\":2,\"b\":12345678901,\"c\":{\"d\":[1]}},\"x\":\"🌍\"}");
    assertThat(written(Optional.of("{\"options\":null,\"model\":{\"id\":\"n\"}}")))
        .isEqualTo("{\"model\":{\"id\":\"n\"}}");
  }
}
