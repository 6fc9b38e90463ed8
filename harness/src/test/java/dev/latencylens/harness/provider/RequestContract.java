package dev.latencylens.harness.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
  protected final TargetOptions options;
  protected final StreamApi api;
  protected final Recorded recorded;

  protected RequestContract(
      final Provider provider, final TargetOptions options, final String directory) {
    this.provider = provider;
    this.options = options;
    try {
      api = provider.api(options);
    } catch (final OptionException e) {
      throw new IllegalArgumentException(e.option(), e);
    }
    recorded = new Recorded(api, directory, this::framed);
  }

  /** The bytes on the wire of a recorded stream's text: the same, unless the framing is binary. */
  protected byte[] framed(final String text) {
    return text.getBytes(UTF_8);
  }

  /** What the request says it accepts. */
  protected String accept() {
    return "text/event-stream";
  }

  /** An error as the service answers with it instead of a stream, with free text in it. */
  protected String errorBody() {
    final String line =
        recorded
            .text("error")
            .lines()
            .filter(l -> l.contains("FREETEXT"))
            .findFirst()
            .orElseThrow();
    return line.substring(line.indexOf('{'));
  }

  /** The error type that {@link #errorBody} holds, where the service's bodies have one. */
  protected Optional<String> errorBodyType() {
    return Optional.of(errorType());
  }

  /** The header that carries the key, and how its value begins. */
  protected abstract Map.Entry<String, String> keyHeader();

  /** The type of the error in the recorded stream {@code error}. */
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
        List.of("END", "\n\n"),
        Optional.of("low"),
        OptionalInt.of(2048),
        List.of(
            new StreamRequest.Tool(
                "look_up",
                "Looks a word up.",
                "{\"type\":\"object\",\"properties\":{\"word\":{\"type\":\"string\"}}}")),
        Optional.of("{\"x_extra\":{\"a\":[1]}}"));
  }

  @Test
  void theRequestIsJsonWithModelPromptAndLimit() throws IOException {
    final WireRequest request =
        api.encode(
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
            new WireRequest.Header("Accept", accept()));
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
            List.of(),
            Optional.empty(),
            OptionalInt.empty(),
            List.of(),
            Optional.empty());

    assertThat(written(fullRequest())).isEqualTo(golden("request-full.golden"));
    assertThat(written(least)).isEqualTo(golden("request-least.golden"));
  }

  @Test
  void theKeyGoesIntoItsHeaderAndNowhereElse() throws Exception {
    final WireRequest request = api.encode(baseUrl(), fullRequest());
    final Map<String, String> headers = new TreeMap<>();
    final OneKey keys = new OneKey(KEY);
    try (Credentials credentials = provider.credentials(options, keys)) {
      credentials.authenticate(request, headers::put);
      assertThat(credentials.redact("a " + KEY)).doesNotContain(KEY);
    }

    assertThat(headers)
        .containsExactly(Map.entry(keyHeader().getKey(), keyHeader().getValue() + KEY));
    assertThat(request.uri() + request.headers().toString() + new String(request.body(), UTF_8))
        .doesNotContain(KEY);
    assertThat(keys.asked()).singleElement().asString().matches("[A-Z][A-Z_]+");
    assertThat(baseUrl().toString())
        .matches("https://.*|http://127\\.0\\.0\\.1:.*")
        .doesNotEndWith("/");
  }

  @Test
  void theTypeOfAnErrorBodyIsFoundEvenInItsBeginning() {
    final String json = errorBody();

    assertThat(api.errorType(json.getBytes(UTF_8))).isEqualTo(errorBodyType());
    assertThat(api.errorType(("[" + json + "\n]").getBytes(UTF_8))).isEqualTo(errorBodyType());
    assertThat(api.errorType(json.substring(0, json.length() - 2).getBytes(UTF_8)))
        .isEqualTo(errorBodyType());
    for (final String other :
        List.of(
            "", "<html>FREETEXT</html>", "{}", "{\"error\":\"FREETEXT\"}", "{\"error\":{", "[1]")) {
      assertThat(api.errorType(other.getBytes(UTF_8))).as(other).isEmpty();
    }
  }

  private URI baseUrl() {
    return api.defaultBaseUrl().orElse(URI.create("https://customer.example.com"));
  }

  private String written(final StreamRequest request) {
    final WireRequest wire = api.encode(baseUrl(), request);
    final StringBuilder text = new StringBuilder("POST " + wire.uri() + "\n");
    wire.headers().forEach(h -> text.append(h.name()).append(": ").append(h.value()).append('\n'));
    return text.append('\n').append(new String(wire.body(), UTF_8)).append('\n').toString();
  }

  private String golden(final String name) {
    return recorded.text(name);
  }
}
