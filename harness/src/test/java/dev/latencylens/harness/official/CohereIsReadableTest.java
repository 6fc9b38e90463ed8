package dev.latencylens.harness.official;

import static dev.latencylens.harness.official.LedgerSums.characters;
import static org.assertj.core.api.Assertions.assertThat;

import com.cohere.api.resources.v2.types.V2ChatStreamResponse;
import com.cohere.api.types.ChatMessageEndEventDelta;
import com.cohere.api.types.Usage;
import com.cohere.api.types.UsageBilledUnits;
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

/** Cohere's client reads what the simulator streams, over HTTPS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CohereIsReadableTest {

  private static final ModelProfile ACTS =
      ModelProfile.defaults()
          .with(
              "ttft-ms=20,gap-ms=1,tokens=40,tokens-per-event=3,reasoning-tokens=10,tool-tokens=6");

  private final Simulator simulator;
  private final CohereClient client;

  CohereIsReadableTest() throws Exception {
    simulator =
        Simulator.start(
            SimulatorOptions.defaults()
                .withOtherModels(ACTS)
                .withModel("talks", ACTS.withToolTokens(0))
                .withModel("fails", ACTS.withFault(Fault.PROVIDER_ERROR, 4)));
    client =
        new CohereClient(
            simulator.baseUri(), Optional.of(RunTrust.in(simulator.caPem().orElseThrow())));
  }

  @AfterAll
  void close() {
    simulator.close();
  }

  @Test
  void aWholeStreamAgreesWithTheLedger() {
    List<V2ChatStreamResponse> events = new ArrayList<>();
    Reading reading = client.read("sim-model", 1000, events::add);
    LedgerEntry entry = simulator.ledger(reading.id()).orElseThrow();

    assertThat(reading.finish()).isEqualTo("TOOL_CALL");
    assertThat(reading.text()).hasSize(characters(entry, EventKind.TEXT)).isNotEmpty();
    assertThat(reading.reasoning()).hasSize(characters(entry, EventKind.REASONING)).isNotEmpty();
    assertThat(reading.tool()).startsWith("speak{\"words\":\"").endsWith("\"}");
    assertThat(reading.tool()).hasSize("speak".length() + characters(entry, EventKind.TOOL));
    assertThat(reading.promptTokens()).isEqualTo(entry.promptTokens());
    assertThat(reading.outputTokens()).isEqualTo(entry.outputTokens()).isEqualTo(56);
    assertThat(entry.provider()).isEqualTo("cohere");
    assertThat(entry.model()).isEqualTo("sim-model");
    assertThat(entry.events().stream().mapToInt(LedgerEvent::tokens).sum()).isEqualTo(56);
    // The client keeps the end mark to itself, and knows every other event.
    assertThat(events).hasSize(entry.events().size() - 1);
    assertThat(events).noneMatch(V2ChatStreamResponse::_isUnknown);
  }

  @Test
  void whatIsBilledIsLessThanWhatTheModelReadAndWrote() {
    List<V2ChatStreamResponse> events = new ArrayList<>();
    Reading reading = client.read("talks", 1000, events::add);
    Usage usage =
        events.get(events.size() - 1).getMessageEnd().orElseThrow().getDelta().stream()
            .flatMap(delta -> delta.getUsage().stream())
            .findFirst()
            .orElseThrow();
    UsageBilledUnits billed = usage.getBilledUnits().orElseThrow();

    assertThat(reading.finish()).isEqualTo("COMPLETE");
    assertThat(billed.getInputTokens().orElseThrow().longValue())
        .isLessThan(reading.promptTokens());
    assertThat(billed.getOutputTokens().orElseThrow().longValue())
        .isEqualTo(reading.outputTokens() - 1);
    assertThat(usage.getCachedTokens()).hasValue(0.0);
  }

  @Test
  void anAnswerCutShortByTheRequestAgreesWithTheLedger() {
    Reading reading = client.read("sim-model", 25);
    LedgerEntry entry = simulator.ledger(reading.id()).orElseThrow();

    assertThat(reading.finish()).isEqualTo("MAX_TOKENS");
    assertThat(reading.outputTokens()).isEqualTo(25).isEqualTo(entry.outputTokens());
    assertThat(reading.text()).hasSize(characters(entry, EventKind.TEXT)).isNotEmpty();
  }

  @Test
  void anErrorInTheMiddleEndsTheMessageWithItsText() {
    List<V2ChatStreamResponse> events = new ArrayList<>();
    Reading reading = client.read("fails", 1000, events::add);

    assertThat(reading.finish()).isEqualTo("ERROR");
    assertThat(
            events.get(events.size() - 1).getMessageEnd().orElseThrow().getDelta().stream()
                .flatMap((ChatMessageEndEventDelta delta) -> delta.getError().stream()))
        .singleElement()
        .asString()
        .contains("Simulated failure");
  }
}
