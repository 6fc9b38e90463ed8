package dev.latencylens.harness.official;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.fixtures.simulator.LedgerEntry;
import dev.latencylens.fixtures.simulator.LedgerEvent;
import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.RunTrust;
import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import dev.latencylens.harness.stream.ContentKind;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.Protocol;

/**
 * A provider's own client and the harness read the same stream over HTTPS, with reasoning, text, a
 * tool call and usage, and agree on all of it. The same: two simulators with one seed send each
 * model's first stream alike, but for its ids.
 */
final class AgreementTest {
  private static final SimulatorOptions OPTIONS =
      SimulatorOptions.defaults()
          .withSeed(20261123)
          .withOtherModels(
              ModelProfile.defaults()
                  .with(
                      "ttft-ms=5,gap-ms=1,tokens=40,tokens-per-event=3,reasoning-tokens=10,"
                          + "tool-tokens=7"));

  /** Reads a stream with a provider's own client. */
  interface Official {
    Reading read(Simulator simulator, RunTrust trust, String model, int maxTokens) throws Exception;
  }

  static Stream<Arguments> clients() {
    return Stream.of(
        client(
            "openai/chat", (s, t, m, n) -> openAi(s, t).chat(OpenAiClients.Service.OPENAI, m, n)),
        client(
            "openai/responses",
            (s, t, m, n) ->
                openAi(s, t).responses(OpenAiClients.Service.OPENAI, m, n, e -> {}).reading()),
        client(
            "azure-openai/deployment-chat",
            (s, t, m, n) -> openAi(s, t).chat(OpenAiClients.Service.AZURE_DEPLOYMENTS, m, n)),
        client(
            "azure-openai/chat",
            (s, t, m, n) -> openAi(s, t).chat(OpenAiClients.Service.AZURE_V1_KEY, m, n)),
        client(
            "azure-openai/responses",
            (s, t, m, n) ->
                openAi(s, t)
                    .responses(OpenAiClients.Service.AZURE_V1_KEY, m, n, e -> {})
                    .reading()),
        client(
            "cohere/v2-chat",
            (s, t, m, n) -> new CohereClient(s.baseUri(), Optional.of(t)).read(m, n)),
        client(
            "ollama/chat",
            (s, t, m, n) -> new OllamaClient(s.baseUri(), Optional.of(t)).read(m, n)),
        client(
            "vertex/gemini",
            (s, t, m, n) -> new VertexClients(s.baseUri(), Optional.of(t)).gemini(m, n)),
        client(
            "vertex/anthropic",
            (s, t, m, n) -> new VertexClients(s.baseUri(), Optional.of(t)).anthropic(m, n)),
        client(
            "bedrock/converse-stream",
            (s, t, m, n) -> {
              try (BedrockClient bedrock = bedrock(s, t)) {
                return bedrock.converse(m, n);
              }
            }),
        client(
            "bedrock/invoke-with-response-stream",
            (s, t, m, n) -> {
              try (BedrockClient bedrock = bedrock(s, t)) {
                return OfficialClients.reading(bedrock.invoke(m, n));
              }
            }),
        client("anthropic/messages", (s, t, m, n) -> older(s, t).read("anthropic", m, n)),
        client("google/gemini", (s, t, m, n) -> older(s, t).read("google", m, n)));
  }

  private static Arguments client(final String dialect, final Official official) {
    return Arguments.of(dialect, Named.of("its provider's client", official));
  }

  private static OpenAiClients openAi(final Simulator simulator, final RunTrust trust) {
    return new OpenAiClients(simulator.baseUri(), Optional.of(trust));
  }

  private static BedrockClient bedrock(final Simulator simulator, final RunTrust trust) {
    return new BedrockClient(
        simulator.baseUri(), Optional.of(trust), Protocol.HTTP2, BedrockClient.Access.SIGNED);
  }

  private static OfficialClients older(final Simulator simulator, final RunTrust trust) {
    return new OfficialClients(simulator.baseUri(), Optional.of(trust));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void theOfficialClientAndTheHarnessReadTheSame(final String dialect, final Official official)
      throws Exception {
    for (final int maxTokens : new int[] {1000, 30}) {
      final Reading judge;
      try (Simulator simulator = Simulator.start(OPTIONS)) {
        judge =
            official.read(
                simulator, RunTrust.in(simulator.caPem().orElseThrow()), "some-model", maxTokens);
      }
      try (Simulator simulator = Simulator.start(OPTIONS)) {
        final DecodedStream ours = DecodedStream.read(simulator, dialect, "some-model", maxTokens);

        assertThat(ours.content(ContentKind.TEXT)).isEqualTo(judge.text()).isNotEmpty();
        assertThat(ours.content(ContentKind.REASONING)).isEqualTo(judge.reasoning());
        assertThat(words(ours.content(ContentKind.TOOL_ARGUMENTS))).startsWith(words(judge.tool()));
        assertThat(words(judge.tool()).isEmpty()).isEqualTo(maxTokens == 30);
        assertThat(finish(judge)).endsWith(ours.finish().toLowerCase(Locale.ROOT));
        assertThat(ours.finish()).isNotEmpty();
        final LedgerEntry entry = simulator.ledger(ours.ledgerId()).orElseThrow();
        // The prompt's estimate goes by the request's form, in which clients differ.
        assertThat(ours.usage().inputTokens()).hasValue(entry.promptTokens());
        assertThat(ours.usage().outputTokens()).hasValue(judge.outputTokens());
        assertThat(ours.usage().reasoningTokens().orElse(0)).isEqualTo(judge.reasoningTokens());
        assertThat(ours.kinds())
            .isEqualTo(
                entry.events().stream()
                    .filter(LedgerEvent::content)
                    .map(LedgerEvent::kind)
                    .toList());
      }
    }
  }

  /** The client for Ollama makes up a reason of its own where a tool is called. */
  private static String finish(final Reading judge) {
    return judge.finish().equals("TOOL_EXECUTION")
        ? "stop"
        : judge.finish().toLowerCase(Locale.ROOT);
  }

  /**
   * The clients hand a tool's name and arguments out in different forms; the words are the same.
   */
  private static String words(final String toolCall) {
    return toolCall.replaceAll("speak|words|[\\s\"{}:=,\\\\]", "");
  }
}
