package dev.latencylens.harness.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.secret.KeyLocation;
import dev.latencylens.harness.stream.StreamRequest;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a target and its workload can say of requests. */
final class TargetKeysTest {
  private final ConfigurationFile file;

  TargetKeysTest(@TempDir final Path directory) {
    file = new ConfigurationFile(directory);
  }

  private Target target(final String keys) throws ConfigurationException {
    return file.load("targets:\n  - { provider: openai, model: m, " + keys + " }\n")
        .targets()
        .get(0);
  }

  private List<String> problems(final String keys) {
    return file.problems("targets:\n  - { provider: openai, model: m, " + keys + " }\n");
  }

  @Test
  void headersAreTextsOrNamesOfSecrets() throws Exception {
    assertThat(target("headers: { X-Team: blue, X-Gateway-Key: { env: GATEWAY_KEY } }").headers())
        .isEqualTo(
            Map.of(
                "X-Team", new HeaderValue.Literal("blue"),
                "X-Gateway-Key",
                    new HeaderValue.Secret(List.of(new KeyLocation.Environment("GATEWAY_KEY")))));
  }

  @Test
  void aKeyInAHeaderIsRefusedAndNotRepeated() {
    for (final String header :
        List.of(
            "Authorization: Bearer abc",
            "x-api-key: 0123456789abcdef",
            "Cookie: session=MARKED",
            "Ocp-Apim-Subscription-Key: MARKED",
            "X-Vault-Token: MARKED",
            "X-Team: sk-MARKED-0123456789",
            "X-Team: Bearer MARKED")) {
      assertThat(problems("headers: { " + header + " }"))
          .as(header)
          .singleElement()
          .asString()
          .contains("a key stands here")
          .doesNotContain("MARKED");
    }
  }

  @Test
  void aHeaderThatTheKeyWouldReplaceIsRefused() throws Exception {
    assertThat(problems("headers: { authorization: { env: GATEWAY_KEY } }"))
        .singleElement()
        .asString()
        .contains("the header authorization is where the key goes");
    assertThat(target("key: none, headers: { authorization: { env: GATEWAY_KEY } }").headers())
        .containsKey("authorization");
  }

  @Test
  void headersThatWouldBreakARequestAreRefused() {
    assertThat(problems("headers: { Host: x }"))
        .singleElement()
        .asString()
        .endsWith("Host is set by the transport and can't be given");
    assertThat(problems("headers: { accept-encoding: gzip }"))
        .singleElement()
        .asString()
        .contains("is set by the transport");
    assertThat(problems("headers: { \"X Y\": a }")).singleElement().asString().contains("no name");
    assertThat(problems("headers: { X-Y: \"a\\nb\" }"))
        .singleElement()
        .asString()
        .contains("must be printable ASCII");
    assertThat(problems("headers: { X-Y: a, x-y: b }"))
        .singleElement()
        .asString()
        .contains("stands here twice");
    assertThat(problems("headers: [a]")).singleElement().asString().contains("must be a mapping");
  }

  @Test
  void extraFieldsKeepTheirTypes() throws Exception {
    assertThat(
            target(
                    "extra_body: { a: 1, b: 0.5, c: [true, null, \"1\"], d: { e: text },"
                        + " big: 12345678901234567890 }")
                .extraBody())
        .contains(
            "{\"a\":1,\"b\":0.5,\"c\":[true,null,\"1\"],\"d\":{\"e\":\"text\"},"
                + "\"big\":12345678901234567890}");
  }

  @Test
  void extraFieldsHoldNoKeys() {
    assertThat(problems("extra_body: { api_key: abc }"))
        .singleElement()
        .asString()
        .contains("\"api_key\" is refused");
    assertThat(problems("extra_body: { x: [{ y: sk-MARKED-0123456789 }] }"))
        .singleElement()
        .asString()
        .contains("a key stands here")
        .doesNotContain("MARKED");
    assertThat(problems("extra_body: { my_api_key: [abc] }"))
        .singleElement()
        .asString()
        .contains("is refused");
    assertThat(file.problems("targets: [{ provider: openai, model: m, extra_body: &a { x: *a } }]"))
        .singleElement()
        .asString()
        .contains("nested more than 16 levels deep");
    assertThat(problems("extra_body: { x: .inf }"))
        .singleElement()
        .asString()
        .contains("can't stand in JSON");
    assertThat(problems("extra_body: { x: 1, x: 2 }"))
        .singleElement()
        .asString()
        .contains("stands here twice");
    assertThat(problems("extra_body: text"))
        .singleElement()
        .asString()
        .contains("must be a mapping");
  }

  @Test
  void proseAndPlaceholdersAreNoKeys() throws Exception {
    assertThat(
            target(
                    "extra_body: { a: Basic name of the city, b: sk_learn is nice,"
                        + " key: \"${prompt}\" }")
                .extraBody())
        .isPresent();
  }

  @Test
  void aWorkloadSaysHowToGenerate() throws Exception {
    final Configuration configuration =
        file.load(
            """
            targets: [{ provider: openai, model: m }]
            workload:
              temperature: 0
              seed: -5
              stop: [END, "\\n\\n"]
              reasoning_effort: low
              thinking_budget: 2048
              tools:
                - name: look_up
                  description: Looks a word up.
                  parameters: { type: object, properties: { key: { type: string } } }
            """);

    assertThat(configuration.workload().settings())
        .isEqualTo(
            new ModelSettings(
                OptionalDouble.of(0),
                OptionalLong.of(-5),
                List.of("END", "\n\n"),
                Optional.of("low"),
                OptionalInt.of(2048),
                List.of(
                    new StreamRequest.Tool(
                        "look_up",
                        "Looks a word up.",
                        "{\"type\":\"object\",\"properties\":{\"key\":{\"type\":\"string\"}}}")),
                OutputTokens.AT_MOST));
    assertThat(configuration.redacted().toString())
        .contains("temperature=0.0", "reasoning_effort=low", "look_up")
        .doesNotContain("Looks a word up");
  }

  @Test
  void optionsBelongToTheirProvider() throws Exception {
    assertThat(target("api: responses").options().text("api")).contains("responses");
    assertThat(target("api: responses").at(URI.create("https://a.example"), Network.DEFAULT))
        .satisfies(moved -> assertThat(moved.options().text("api")).contains("responses"));
    assertThat(problems("api: assistants"))
        .singleElement()
        .asString()
        .contains("api must be one of chat, responses, but is \"assistants\"");
    assertThat(problems("region: eu-central-1"))
        .singleElement()
        .asString()
        .contains("unknown key \"region\"");
    assertThat(file.load("targets: [{ provider: openai, model: m, api: responses }]").redacted())
        .extracting("targets")
        .asString()
        .contains("api=\"responses\"");
  }

  @Test
  void aServiceWithoutAnEndpointOfItsOwnNeedsOne() {
    assertThat(file.problems("targets: [{ provider: azure-openai, model: m }]"))
        .singleElement()
        .asString()
        .contains("the key \"base_url\" is missing: each customer of azure-openai has an endpoint");
  }
}
