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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official clients read the simulator over HTTPS, trusting only the run's authority. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatorIsReadableTest {

  private static final ModelProfile THINKS =
      ModelProfile.defaults()
          .with("ttft-ms=20,gap-ms=1,tokens=40,tokens-per-event=3,reasoning-tokens=10");

  private final Simulator simulator;
  private final OfficialClients clients;

  SimulatorIsReadableTest() throws Exception {
    simulator = Simulator.start(SimulatorOptions.defaults().withOtherModels(THINKS));
    clients =
        new OfficialClients(
            simulator.baseUri(), Optional.of(RunTrust.in(simulator.caPem().orElseThrow())));
  }

  @AfterAll
  void close() {
    simulator.close();
  }

  @ParameterizedTest
  @CsvSource({"openai, stop", "anthropic, end_turn", "google, STOP"})
  void aWholeStreamAgreesWithTheLedger(String provider, String finish) {
    Reading reading = clients.read(provider, "sim-model", 1000);
    LedgerEntry entry = simulator.ledger(reading.id()).orElseThrow();

    assertThat(reading.finish()).isEqualTo(finish);
    assertThat(reading.text()).hasSize(characters(entry, EventKind.TEXT)).isNotEmpty();
    assertThat(reading.reasoning()).hasSize(characters(entry, EventKind.REASONING));
    assertThat(reading.reasoning().isEmpty()).isEqualTo(provider.equals("openai"));
    assertThat(reading.promptTokens()).isEqualTo(entry.promptTokens());
    assertThat(reading.outputTokens()).isEqualTo(entry.outputTokens()).isEqualTo(50);
    assertThat(reading.reasoningTokens()).isEqualTo(entry.reasoningTokens()).isEqualTo(10);
    assertThat(entry.provider()).isEqualTo(provider);
    assertThat(entry.model()).isEqualTo("sim-model");
    assertThat(entry.events().stream().mapToInt(LedgerEvent::tokens).sum())
        .isEqualTo(provider.equals("openai") ? 40 : 50);
  }

  @ParameterizedTest
  @CsvSource({"openai, length", "anthropic, max_tokens", "google, MAX_TOKENS"})
  void anAnswerCutShortByTheRequestAgreesWithTheLedger(String provider, String finish) {
    Reading reading = clients.read(provider, "sim-model", 25);
    LedgerEntry entry = simulator.ledger(reading.id()).orElseThrow();

    assertThat(reading.finish()).isEqualTo(finish);
    assertThat(reading.outputTokens()).isEqualTo(25).isEqualTo(entry.outputTokens());
    assertThat(reading.text()).hasSize(characters(entry, EventKind.TEXT)).isNotEmpty();
  }
}
