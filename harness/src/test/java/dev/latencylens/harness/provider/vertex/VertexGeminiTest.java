package dev.latencylens.harness.provider.vertex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.provider.google.GeminiContract;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamEvent;
import dev.latencylens.harness.stream.StreamRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VertexGeminiTest extends GeminiContract {
  VertexGeminiTest() {
    super(new VertexProvider(), options(Map.of()), "vertex-gemini");
  }

  /** A target in Eemshaven, with more options. */
  static TargetOptions options(final Map<String, String> more) {
    final Map<String, String> options = new HashMap<>();
    options.put("project", "my-project");
    options.put("location", "europe-west4");
    options.putAll(more);
    final Map<String, JsonNode> nodes = new HashMap<>();
    options.forEach((name, value) -> nodes.put(name, new TextNode(value)));
    return new TargetOptions(nodes);
  }

  @Override
  protected Map.Entry<String, String> keyHeader() {
    return Map.entry("Authorization", "Bearer ");
  }

  @ParameterizedTest
  @CsvSource({
    "europe-west4, https://europe-west4-aiplatform.googleapis.com",
    "global, https://aiplatform.googleapis.com",
    "eu, https://aiplatform.eu.rep.googleapis.com"
  })
  void everyLocationHasItsEndpoint(final String location, final String endpoint) throws Exception {
    assertThat(provider.api(options(Map.of("location", location))).defaultBaseUrl())
        .contains(URI.create(endpoint));
  }

  @Test
  void anyModelIdIsOneSegmentOfTheAddress() {
    final URI base = URI.create("https://host");

    assertThat(api.encode(base, StreamRequest.of("r", "gemini-x@001", "p", 1)).uri())
        .hasToString(
            "https://host/v1/projects/my-project/locations/europe-west4/publishers/google/models/"
                + "gemini-x@001:streamGenerateContent?alt=sse");
    assertThat(api.encode(base, StreamRequest.of("r", "../a b?é", "p", 1)).uri().toString())
        .contains("/models/..%2Fa%20b%3F%C3%A9:streamGenerateContent");
  }

  @Test
  void theKindOfTrafficIsTheServiceTier() throws BrokenStreamException {
    assertThat(recorded.events("answer"))
        .contains(new StreamEvent.Attributed(StreamAttribute.SERVICE_TIER, "ON_DEMAND"));
  }

  @Test
  void theLocationIsTheRegion() {
    final List<String> found = new ArrayList<>();
    api.readHeaders(
        name -> Optional.empty(), (attribute, value) -> found.add(attribute + "=" + value));

    assertThat(found).containsExactly(StreamAttribute.REGION + "=europe-west4");
  }

  @Test
  void anOptionOfTheOtherPublishersModelsIsRefusedByItsName() throws Exception {
    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(() -> provider.api(options(Map.of("thinking", "adaptive"))))
        .satisfies(refused -> assertThat(refused.option()).isEqualTo("thinking"));
    final StreamApi anthropic =
        provider.api(options(Map.of("publisher", "anthropic", "thinking", "adaptive")));
    assertThat(anthropic).isInstanceOf(VertexAnthropic.class);
  }
}
