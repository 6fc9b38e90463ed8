package dev.latencylens.harness.official;

import static dev.latencylens.harness.official.LedgerSums.characters;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.fixtures.simulator.LedgerEntry;
import dev.latencylens.fixtures.simulator.LedgerEvent;
import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.RunTrust;
import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import dev.latencylens.fixtures.simulator.wire.EventKind;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official clients read the simulated tool calls, over HTTPS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ToolCallsAreReadableTest {

  private static final ModelProfile ACTS =
      ModelProfile.defaults()
          .with(
              "ttft-ms=20,gap-ms=1,tokens=20,tokens-per-event=3,reasoning-tokens=10,tool-tokens=7");

  private final Simulator simulator;
  private final OfficialClients clients;

  ToolCallsAreReadableTest() throws Exception {
    simulator = Simulator.start(SimulatorOptions.defaults().withOtherModels(ACTS));
    clients =
        new OfficialClients(
            simulator.baseUri(), Optional.of(RunTrust.in(simulator.caPem().orElseThrow())));
  }

  @AfterAll
  void close() {
    simulator.close();
  }

  @ParameterizedTest
  @CsvSource({"openai, tool_calls", "anthropic, tool_use", "google, STOP"})
  void aStreamThatEndsWithAToolCallAgreesWithTheLedger(String provider, String finish) {
    Reading reading = clients.read(provider, "sim-model", 1000);
    LedgerEntry entry = simulator.ledger(reading.id()).orElseThrow();

    assertThat(reading.finish()).isEqualTo(finish);
    assertThat(reading.text()).hasSize(characters(entry, EventKind.TEXT)).isNotEmpty();
    assertThat(reading.reasoning()).hasSize(characters(entry, EventKind.REASONING));
    assertThat(reading.outputTokens()).isEqualTo(entry.outputTokens()).isEqualTo(37);
    assertThat(reading.reasoningTokens()).isEqualTo(entry.reasoningTokens()).isEqualTo(10);
    assertThat(reading.tool()).startsWith("speak");
    assertThat(
            entry.events().stream()
                .filter(event -> event.kind() == EventKind.TOOL)
                .mapToInt(LedgerEvent::tokens)
                .sum())
        .isEqualTo(7);
  }

  @Test
  void partsOfAnthropicsArgumentsAreOneObject() {
    Reading reading = clients.read("anthropic", "sim-model", 1000);
    LedgerEntry entry = simulator.ledger(reading.id()).orElseThrow();

    // The client shows the parsed arguments: {words=…}, where the wire has {"words":"…"}.
    assertThat(reading.tool())
        .matches("speak \\{words=[^}]+}")
        .hasSize("speak ".length() + characters(entry, EventKind.TOOL) - 4);
  }

  @Test
  void eachPartForGeminiIsAWholeCall() {
    Reading reading = clients.read("google", "sim-model", 1000);
    LedgerEntry entry = simulator.ledger(reading.id()).orElseThrow();
    long parts = entry.events().stream().filter(event -> event.kind() == EventKind.TOOL).count();

    assertThat(reading.tool().split("speak\\{words=", -1)).hasSize((int) parts + 1);
    assertThat(reading.tool())
        .hasSize((int) parts * "speak{words=}".length() + characters(entry, EventKind.TOOL));
  }

  @ParameterizedTest
  @CsvSource({"openai, length", "anthropic, max_tokens", "google, MAX_TOKENS"})
  void aToolCallCutShortIsNoWholeCall(String provider, String finish) {
    assertThat(clients.read(provider, "sim-model", 33).finish()).isEqualTo(finish);
  }
}
