package dev.latencylens.harness.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latencylens.harness.secret.Secret;
import dev.latencylens.harness.stream.StreamRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every provider promises of requests, keys and error bodies. */
public abstract class RequestContract {
  protected static final String KEY = "sk-MARKED-0123456789";

  protected final Provider provider;

  protected RequestContract(final Provider provider) {
    this.provider = provider;
  }

  /** The header that carries the key, and how its value begins. */
  protected abstract Map.Entry<String, String> keyHeader();

  /** The type of the error in {@code error.sse}. */
  protected abstract String errorType();

  /** Where the request's body has the limit on output. */
  protected abstract int maxTokensOf(JsonNode body);

  /** A full request, for the golden files. */
  protected static StreamRequest fullRequest() {
    return new StreamRequest(
        "r1",
        "some-model",
        Optional.of("Be \"brief\"."),
        List.of(
            new StreamRequest.Message(StreamRequest.Role.USER, "Grüezi 🌍"),
            new StreamRequest.Message(StreamRequest.Role.ASSISTANT, "Hello."),
            new StreamRequest.Message(StreamRequest.Role.USER, "And\nnow?")),
        OptionalInt.of(64),
        OptionalDouble.of(0.5),
        OptionalLong.of(7),
        List.of("END", "\n\n"));
  }

  @Test
  void theRequestIsJsonWithModelPromptAndLimit() throws IOException {
    final WireRequest request =
        provider.encode(
            URI.create("http://127.0.0.1:8080/base"),
            StreamRequest.of("r1", "some-model", "Say \"hello\".", 64));
    final JsonNode body = new ObjectMapper().readTree(request.body());

    assertThat(request.uri() + body.path("model").asText()).contains("some-model");
    assertThat(request.uri().toString()).startsWith("http://127.0.0.1:8080/base/");
    assertThat(body.findValuesAsText("content").toString() + body.findValuesAsText("text"))
        .contains("Say \"hello\".");
    assertThat(maxTokensOf(body)).isEqualTo(64);
    assertThat(request.headers())
        .contains(
            new WireRequest.Header("Content-Type", "application/json"),
            new WireRequest.Header("Accept", "text/event-stream"));
  }

  @Test
  void theRequestsAreThoseOfTheGoldenFiles() {
    final StreamRequest least =
        new StreamRequest(
            "r1",
            "some-model",
            Optional.empty(),
            List.of(new StreamRequest.Message(StreamRequest.Role.USER, "Hi")),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty(),
            List.of());

    assertThat(written(fullRequest())).isEqualTo(golden("request-full.golden"));
    assertThat(written(least)).isEqualTo(golden("request-least.golden"));
  }

  @Test
  void theKeyGoesIntoItsHeaderAndNowhereElse() {
    final WireRequest request = provider.encode(provider.defaultBaseUrl(), fullRequest());
    final Map<String, String> headers = new TreeMap<>();
    try (Secret key = Secret.of(KEY)) {
      provider.authenticate(request, key, headers::put);
    }

    assertThat(headers)
        .containsExactly(Map.entry(keyHeader().getKey(), keyHeader().getValue() + KEY));
    assertThat(request.uri() + request.headers().toString() + new String(request.body(), UTF_8))
        .doesNotContain(KEY);
    assertThat(provider.keyVariable()).matches("[A-Z]+_API_KEY");
    assertThat(provider.defaultBaseUrl().toString()).startsWith("https://").doesNotEndWith("/");
  }

  @Test
  void theTypeOfAnErrorBodyIsFoundEvenInItsBeginning() {
    final String body = new String(Recorded.bytes(provider, "error.sse"), UTF_8);
    final String error = body.lines().filter(l -> l.contains("FREETEXT")).findFirst().orElseThrow();
    final String json = error.substring("data: ".length());

    assertThat(provider.errorType(json.getBytes(UTF_8))).contains(errorType());
    assertThat(provider.errorType(("[" + json + "\n]").getBytes(UTF_8))).contains(errorType());
    assertThat(provider.errorType(json.substring(0, json.length() - 2).getBytes(UTF_8)))
        .contains(errorType());
    for (final String other :
        List.of(
            "", "<html>FREETEXT</html>", "{}", "{\"error\":\"FREETEXT\"}", "{\"error\":{", "[1]")) {
      assertThat(provider.errorType(other.getBytes(UTF_8))).as(other).isEmpty();
    }
  }

  private String written(final StreamRequest request) {
    final WireRequest wire = provider.encode(provider.defaultBaseUrl(), request);
    final StringBuilder text = new StringBuilder("POST " + wire.uri() + "\n");
    wire.headers().forEach(h -> text.append(h.name()).append(": ").append(h.value()).append('\n'));
    return text.append('\n').append(new String(wire.body(), UTF_8)).append('\n').toString();
  }

  private String golden(final String name) {
    return new String(Recorded.bytes(provider, name), UTF_8);
  }
}
