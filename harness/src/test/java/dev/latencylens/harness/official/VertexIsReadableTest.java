package dev.latencylens.harness.official;

import static dev.latencylens.harness.official.LedgerSums.characters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.models.messages.RawMessageStreamEvent;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import dev.latencylens.fixtures.simulator.Fault;
import dev.latencylens.fixtures.simulator.LedgerEntry;
import dev.latencylens.fixtures.simulator.LedgerEvent;
import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.RunTrust;
import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import dev.latencylens.fixtures.simulator.wire.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Google's and Anthropic's clients in their modes for Vertex AI read the simulator over HTTPS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VertexIsReadableTest {

  private static final String CLAUDE = "claude-sonnet-4-6@20260101";
  private static final ModelProfile ACTS =
      ModelProfile.defaults()
          .with(
              "ttft-ms=20,gap-ms=1,tokens=40,tokens-per-event=3,reasoning-tokens=10,tool-tokens=6");

  private final Simulator simulator;
  private final VertexClients clients;

  VertexIsReadableTest() throws Exception {
    simulator =
        Simulator.start(
            SimulatorOptions.defaults()
                .withOtherModels(ACTS)
                .withModel("fails", ACTS.withFault(Fault.PROVIDER_ERROR, 4)));
    clients =
        new VertexClients(
            simulator.baseUri(), Optional.of(RunTrust.in(simulator.caPem().orElseThrow())));
  }

  @AfterAll
  void close() {
    simulator.close();
  }

  @Test
  void aWholeStreamOfGeminiAgreesWithTheLedger() {
    List<GenerateContentResponse> chunks = new ArrayList<>();
    Reading reading = clients.gemini("sim-model", 1000, chunks::add);
    LedgerEntry entry = simulator.ledger(reading.id()).orElseThrow();
    long calls = entry.events().stream().filter(event -> event.kind() == EventKind.TOOL).count();

    assertThat(reading.finish()).isEqualTo("STOP");
    assertThat(reading.text()).hasSize(characters(entry, EventKind.TEXT)).isNotEmpty();
    assertThat(reading.reasoning()).hasSize(characters(entry, EventKind.REASONING)).isNotEmpty();
    assertThat(reading.tool())
        .hasSize((int) calls * "speak{words=}".length() + characters(entry, EventKind.TOOL));
    assertThat(reading.promptTokens()).isEqualTo(entry.promptTokens());
    assertThat(reading.outputTokens()).isEqualTo(entry.outputTokens()).isEqualTo(56);
    assertThat(reading.reasoningTokens()).isEqualTo(entry.reasoningTokens()).isEqualTo(10);
    assertThat(entry.provider()).isEqualTo("vertex");
    assertThat(entry.model()).isEqualTo("sim-model");
    assertThat(entry.events().stream().mapToInt(LedgerEvent::tokens).sum()).isEqualTo(56);
    assertThat(chunks).hasSameSizeAs(entry.events());
  }

  @Test
  void onlyTheLastChunkOfGeminiCountsTokensAndEachSaysHowItIsPaid() {
    List<GenerateContentResponse> chunks = new ArrayList<>();
    clients.gemini("sim-model", 1000, chunks::add);
    List<GenerateContentResponseUsageMetadata> usages =
        chunks.stream().map(chunk -> chunk.usageMetadata().orElseThrow()).toList();

    assertThat(usages).allMatch(usage -> usage.trafficType().isPresent());
    assertThat(usages.subList(0, usages.size() - 1))
        .allMatch(usage -> usage.totalTokenCount().isEmpty());
    assertThat(chunks).allMatch(chunk -> chunk.createTime().isPresent());
  }

  @Test
  void aWholeStreamOfAnthropicsAgreesWithTheLedger() {
    List<RawMessageStreamEvent> events = new ArrayList<>();
    Reading reading = clients.anthropic(CLAUDE, 1000, events::add);
    LedgerEntry entry = simulator.ledger(reading.id()).orElseThrow();

    assertThat(reading.id()).startsWith("msg_vrtx_");
    assertThat(reading.finish()).isEqualTo("tool_use");
    assertThat(reading.text()).hasSize(characters(entry, EventKind.TEXT)).isNotEmpty();
    assertThat(reading.reasoning()).hasSize(characters(entry, EventKind.REASONING)).isNotEmpty();
    // The client shows the parsed arguments: {words=…}, where the wire has {"words":"…"}.
    assertThat(reading.tool())
        .matches("speak \\{words=[^}]+}")
        .hasSize("speak ".length() + characters(entry, EventKind.TOOL) - 4);
    assertThat(reading.promptTokens()).isEqualTo(entry.promptTokens());
    assertThat(reading.outputTokens()).isEqualTo(entry.outputTokens()).isEqualTo(56);
    assertThat(reading.reasoningTokens()).isEqualTo(entry.reasoningTokens()).isEqualTo(10);
    assertThat(entry.provider()).isEqualTo("vertex");
    assertThat(entry.model()).isEqualTo(CLAUDE);
    assertThat(events).allMatch(RawMessageStreamEvent::isValid);
  }

  @Test
  void anAnswerCutShortByTheRequestAgreesWithTheLedger() {
    Reading gemini = clients.gemini("sim-model", 25);
    Reading anthropic = clients.anthropic(CLAUDE, 25);

    assertThat(gemini.finish()).isEqualTo("MAX_TOKENS");
    assertThat(anthropic.finish()).isEqualTo("max_tokens");
    assertThat(List.of(gemini, anthropic))
        .allSatisfy(
            reading -> {
              LedgerEntry entry = simulator.ledger(reading.id()).orElseThrow();
              assertThat(reading.outputTokens()).isEqualTo(25).isEqualTo(entry.outputTokens());
              assertThat(reading.text()).hasSize(characters(entry, EventKind.TEXT));
            });
  }

  @Test
  void anErrorInTheMiddleIsAnErrorToAnthropicsClient() {
    assertThatThrownBy(() -> clients.anthropic("fails", 1000))
        .hasMessageContaining("Simulated failure");
  }
}
