package dev.latencylens.harness.provider.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.Keys;
import dev.latencylens.harness.provider.ProviderContract;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.TargetOption.Form;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.secret.Secret;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamEvent.Attributed;
import dev.latencylens.harness.stream.StreamEvent.Content;
import dev.latencylens.harness.stream.StreamEvent.Finished;
import dev.latencylens.harness.stream.StreamEvent.Terminated;
import dev.latencylens.harness.stream.StreamEvent.UsageReported;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.stream.Usage;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The recorded streams have the form of Ollama's API reference
 * (https://github.com/ollama/ollama/blob/main/docs/api.md, as of August 2026), and were written for
 * this test.
 */
final class OllamaProviderTest extends ProviderContract {
  OllamaProviderTest() {
    super(new OllamaProvider(), TargetOptions.NONE, "ollama");
  }

  @Override
  protected byte[] stream(final List<String> events) {
    return events.stream().map(event -> event + "\n").collect(Collectors.joining()).getBytes(UTF_8);
  }

  @Override
  protected String accept() {
    return "application/x-ndjson";
  }

  @Override
  protected Map.Entry<String, String> keyHeader() {
    return Map.entry("Authorization", "Bearer ");
  }

  @Override
  protected String errorType() {
    return "error";
  }

  @Override
  protected Optional<String> errorBodyType() {
    return Optional.empty();
  }

  @Override
  protected int leastAttributes() {
    return 5;
  }

  @Override
  protected String eventWithText(final String json) {
    return "{\"message\":{\"role\":\"assistant\",\"content\":" + json + "},\"done\":false}";
  }

  @Override
  protected List<String> eventsWithoutContent() {
    return List.of(
        "{\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":false}",
        "{\"message\":{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"\",\"tool_calls\":[]}}",
        "{\"message\":{\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":null}},null]}}",
        "{\"message\":{\"content\":null}}",
        "{\"message\":\"no\"}",
        "{\"response\":\"no\",\"done\":false}",
        "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"load\"}",
        "{}",
        " ");
  }

  @Override
  protected int maxTokensOf(final JsonNode body) {
    return body.path("options").path("num_predict").asInt();
  }

  @Test
  void readsAnAnswerWithTheServersTimes() throws BrokenStreamException {
    assertThat(recorded.events("answer"))
        .containsExactly(
            new Attributed(StreamAttribute.MODEL, "qwen3:0.6b"),
            new Content(ContentKind.TEXT, "Hé"),
            new Content(ContentKind.TEXT, "llo 🌍"),
            new Content(ContentKind.TEXT, ", \"wor\\ld\"\n"),
            new Content(ContentKind.TEXT, "."),
            new Finished("stop"),
            new Attributed(StreamAttribute.SERVER_NANOS, "174560334"),
            new Attributed(StreamAttribute.SERVER_LOAD_NANOS, "101397084"),
            new Attributed(StreamAttribute.SERVER_PROMPT_NANOS, "13074791"),
            new Attributed(StreamAttribute.SERVER_OUTPUT_NANOS, "52479709"),
            new UsageReported(
                new Usage(
                    OptionalLong.of(12),
                    OptionalLong.of(4),
                    OptionalLong.of(7),
                    OptionalLong.empty(),
                    OptionalLong.of(0))),
            new Terminated());
  }

  @Test
  void toolCallsAreOnePieceEachWithTheirArgumentsAsJson() throws BrokenStreamException {
    assertThat(recorded.events("tool-call"))
        .filteredOn(Content.class::isInstance)
        .containsExactly(
            new Content(ContentKind.REASONING, "Hm."),
            new Content(ContentKind.TOOL_ARGUMENTS, "{\"city\":\"Zürich\",\"days\":[1,2.5]}"),
            new Content(ContentKind.TOOL_ARGUMENTS, "{}"));
  }

  @Test
  void anOlderServerEndsWithoutAReasonAndMayCountNoPrompt() throws BrokenStreamException {
    assertThat(recorded.events("old-server"))
        .contains(new UsageReported(usage(OptionalLong.empty(), 2)))
        .noneMatch(Finished.class::isInstance)
        .endsWith(new Terminated());
  }

  @Test
  void readsAServerThatDeviates() throws BrokenStreamException {
    assertThat(recorded.events("deviating"))
        .containsExactly(
            new Content(ContentKind.TEXT, "Ja"),
            new Content(ContentKind.TEXT, "wohl"),
            new UsageReported(usage(OptionalLong.of(3), 2)),
            new Terminated());
  }

  @Test
  void effortIsSentAsABooleanOrAsAWord() throws IOException {
    assertThat(body(api, Optional.empty()).has("think")).isFalse();
    assertThat(body(api, Optional.of("true")).path("think").isBoolean()).isTrue();
    assertThat(body(api, Optional.of("false")).get("think"))
        .isEqualTo(JsonNodeFactory.instance.booleanNode(false));
    assertThat(body(api, Optional.of("high")).get("think"))
        .isEqualTo(JsonNodeFactory.instance.textNode("high"));
  }

  @Test
  void theModelIsKeptLoadedAsLongAsTheTargetSays() throws Exception {
    assertThat(keepAlive("30m")).isEqualTo("\"30m\"");
    assertThat(keepAlive("-1")).isEqualTo("-1");
    assertThat(keepAlive("0")).isEqualTo("0");
    final Form.Text form = (Form.Text) provider.options().get(0).form();
    assertThat(List.of("30m", "1h30m", "2.5h", "500ms", "-1", "-1m", "600"))
        .allMatch(form.allowed().asMatchPredicate());
    assertThat(List.of("", "forever", "m", "5 m", "1e9", "12345678901"))
        .noneMatch(form.allowed().asMatchPredicate());
  }

  @Test
  void noKeyIsLookedForUnlessTheTargetNamesOne() throws Exception {
    final Keys unnamed =
        new Keys() {
          @Override
          public Secret read(final String ownVariable) {
            throw new AssertionError("asked for " + ownVariable);
          }

          @Override
          public boolean named() {
            return false;
          }

          @Override
          public boolean has(final String variable) {
            return true;
          }

          @Override
          public boolean madeUp() {
            return false;
          }
        };

    try (Credentials credentials = provider.credentials(options, unnamed)) {
      credentials.authenticate(
          api.encode(URI.create("http://127.0.0.1:11434"), fullRequest()),
          (name, value) -> {
            throw new AssertionError(name);
          });
    }
  }

  private String keepAlive(final String option) throws Exception {
    final TargetOptions keep =
        new TargetOptions(Map.of("keep_alive", JsonNodeFactory.instance.textNode(option)));
    return body(provider.api(keep), Optional.empty()).path("keep_alive").toString();
  }

  private static JsonNode body(final StreamApi api, final Optional<String> effort)
      throws IOException {
    final StreamRequest request =
        new StreamRequest(
            "r1",
            "some-model",
            Optional.empty(),
            List.of(new StreamRequest.Message(StreamRequest.Role.USER, "Hi")),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty(),
            List.of(),
            effort,
            OptionalInt.empty(),
            List.of(),
            Optional.empty());
    return new ObjectMapper()
        .readTree(api.encode(URI.create("http://127.0.0.1:11434"), request).body());
  }

  private static Usage usage(final OptionalLong input, final long output) {
    return new Usage(
        input,
        OptionalLong.empty(),
        OptionalLong.of(output),
        OptionalLong.empty(),
        OptionalLong.of(0));
  }
}
