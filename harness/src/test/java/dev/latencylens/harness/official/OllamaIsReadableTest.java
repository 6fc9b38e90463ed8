package dev.latencylens.harness.official;

import static dev.latencylens.harness.official.LedgerSums.characters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latencylens.fixtures.simulator.Fault;
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

/** LangChain4j's client of Ollama reads what the simulator streams, over HTTPS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OllamaIsReadableTest {

  private static final ModelProfile ACTS =
      ModelProfile.defaults()
          .with(
              "ttft-ms=20,gap-ms=1,tokens=40,tokens-per-event=3,reasoning-tokens=10,tool-tokens=6");

  private final Simulator simulator;
  private final OllamaClient client;

  OllamaIsReadableTest() throws Exception {
    simulator =
        Simulator.start(
            SimulatorOptions.defaults()
                .withOtherModels(ACTS)
                .withModel("talks", ACTS.withToolTokens(0))
                .withModel("fails", ACTS.withFault(Fault.PROVIDER_ERROR, 4)));
    client =
        new OllamaClient(
            simulator.baseUri(), Optional.of(RunTrust.in(simulator.caPem().orElseThrow())));
  }

  @AfterAll
  void close() {
    simulator.close();
  }

  @Test
  void aWholeStreamAgreesWithTheLedger() {
    Reading reading = client.read("sim-model", 1000);
    LedgerEntry entry = simulator.ledger(reading.id()).orElseThrow();

    assertThat(reading.text()).hasSize(characters(entry, EventKind.TEXT)).isNotEmpty();
    assertThat(reading.reasoning()).hasSize(characters(entry, EventKind.REASONING)).isNotEmpty();
    assertThat(reading.promptTokens()).isEqualTo(entry.promptTokens());
    assertThat(reading.outputTokens()).isEqualTo(entry.outputTokens()).isEqualTo(56);
    assertThat(entry.provider()).isEqualTo("ollama");
    assertThat(entry.model()).isEqualTo("sim-model");
    assertThat(entry.events().stream().mapToInt(LedgerEvent::tokens).sum()).isEqualTo(56);
  }

  @Test
  void eachPartOfTheToolCallIsAWholeCall() {
    Reading reading = client.read("sim-model", 1000);
    LedgerEntry entry = simulator.ledger(reading.id()).orElseThrow();
    int parts = (int) entry.events().stream().filter(e -> e.kind() == EventKind.TOOL).count();

    // The first and the last part begin and end an object of their own, so the client escapes them.
    assertThat(parts).isEqualTo(2);
    assertThat(reading.tool().split("speak\\{\"words\":", -1)).hasSize(parts + 1);
    assertThat(reading.tool().replace("\\\"", "\""))
        .hasSize(parts * "speak{\"words\":\"\"}".length() + characters(entry, EventKind.TOOL));
  }

  @Test
  void anAnswerWithoutAToolCallEndsWithStop() {
    assertThat(client.read("talks", 1000).finish()).isEqualTo("STOP");
  }

  @Test
  void anAnswerCutShortByTheRequestAgreesWithTheLedger() {
    Reading reading = client.read("talks", 25);
    LedgerEntry entry = simulator.ledger(reading.id()).orElseThrow();

    assertThat(reading.finish()).isEqualTo("LENGTH");
    assertThat(reading.outputTokens()).isEqualTo(25).isEqualTo(entry.outputTokens());
    assertThat(reading.text()).hasSize(characters(entry, EventKind.TEXT)).isNotEmpty();
  }

  @Test
  void anErrorInTheMiddleIsAnErrorToTheClient() {
    assertThatThrownBy(() -> client.read("fails", 1000)).hasMessageContaining("Simulated failure");
  }
}
