package dev.latencylens.harness.official;

import static dev.latencylens.harness.official.LedgerSums.characters;
import static dev.latencylens.harness.official.LedgerSums.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import dev.latencylens.fixtures.simulator.Fault;
import dev.latencylens.fixtures.simulator.LedgerEntry;
import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.RunTrust;
import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import dev.latencylens.fixtures.simulator.wire.EventKind;
import dev.latencylens.harness.official.OpenAiClients.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * OpenAI's client reads what the simulator streams as OpenAI and as Azure, over HTTPS: reasoning,
 * text, a tool call and usage. In its mode for deployments the client asks for Responses at a place
 * that Azure does not have, so that is not tried.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiServicesAreReadableTest {

  private static final ModelProfile ACTS =
      ModelProfile.defaults()
          .with(
              "ttft-ms=20,gap-ms=1,tokens=40,tokens-per-event=3,reasoning-tokens=10,tool-tokens=6");

  private final Simulator simulator;
  private final OpenAiClients clients;

  OpenAiServicesAreReadableTest() throws Exception {
    simulator =
        Simulator.start(
            SimulatorOptions.defaults()
                .withOtherModels(ACTS)
                .withModel("fails", ACTS.withFault(Fault.PROVIDER_ERROR, 4)));
    clients =
        new OpenAiClients(
            simulator.baseUri(), Optional.of(RunTrust.in(simulator.caPem().orElseThrow())));
  }

  @AfterAll
  void close() {
    simulator.close();
  }

  @ParameterizedTest
  @EnumSource
  void aChatStreamWithAToolCallAgreesWithTheLedger(Service service) {
    Reading reading = clients.chat(service, "sim-model", 1000);
    LedgerEntry entry = simulator.ledger(reading.id()).orElseThrow();

    assertThat(reading.finish()).isEqualTo("tool_calls");
    assertThat(reading.text()).hasSize(characters(entry, EventKind.TEXT)).isNotEmpty();
    assertThat(reading.tool()).startsWith("speak{\"words\":\"").endsWith("\"}");
    assertThat(reading.tool()).hasSize("speak".length() + characters(entry, EventKind.TOOL));
    assertThat(reading.promptTokens()).isEqualTo(entry.promptTokens());
    assertThat(reading.outputTokens()).isEqualTo(entry.outputTokens()).isEqualTo(56);
    assertThat(reading.reasoningTokens()).isEqualTo(entry.reasoningTokens()).isEqualTo(10);
    assertThat(entry.provider()).isEqualTo(service == Service.OPENAI ? "openai" : "azure-openai");
    assertThat(entry.model()).isEqualTo("sim-model");
    assertThat(tokens(entry)).isEqualTo(46);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AZURE_DEPLOYMENTS")
  void aResponsesStreamAgreesWithTheLedger(Service service) {
    List<ResponseStreamEvent> events = new ArrayList<>();
    Reading reading = clients.responses(service, "sim-model", 1000, events::add).reading();
    LedgerEntry entry = simulator.ledger(reading.id()).orElseThrow();

    assertThat(reading.finish()).isEqualTo("completed");
    assertThat(reading.text()).hasSize(characters(entry, EventKind.TEXT)).isNotEmpty();
    assertThat(reading.reasoning()).hasSize(characters(entry, EventKind.REASONING)).isNotEmpty();
    assertThat(reading.tool()).startsWith("speak{\"words\":\"").endsWith("\"}");
    assertThat(reading.tool()).hasSize("speak".length() + characters(entry, EventKind.TOOL));
    assertThat(reading.promptTokens()).isEqualTo(entry.promptTokens());
    assertThat(reading.outputTokens()).isEqualTo(entry.outputTokens()).isEqualTo(56);
    assertThat(reading.reasoningTokens()).isEqualTo(entry.reasoningTokens()).isEqualTo(10);
    assertThat(entry.provider()).isEqualTo(service == Service.OPENAI ? "openai" : "azure-openai");
    assertThat(tokens(entry)).isEqualTo(56);
    assertThat(events).hasSameSizeAs(entry.events());
    assertThat(events).allMatch(ResponseStreamEvent::isValid);
  }

  @Test
  void theLastEventOfAResponsesStreamRepeatsWhatTheDeltasCameTo() {
    ResponsesSum sum = clients.responses(Service.OPENAI, "sim-model", 1000, event -> {});
    Reading reading = sum.reading();
    Response response = sum.response();

    assertThat(response.output()).hasSize(3);
    assertThat(response.output().get(0).reasoning().orElseThrow().summary().get(0).text())
        .isEqualTo(reading.reasoning());
    assertThat(
            response
                .output()
                .get(1)
                .message()
                .orElseThrow()
                .content()
                .get(0)
                .outputText()
                .orElseThrow()
                .text())
        .isEqualTo(reading.text());
    assertThat("speak" + response.output().get(2).functionCall().orElseThrow().arguments())
        .isEqualTo(reading.tool());
  }

  @Test
  void aResponseCutShortByTheRequestIsIncomplete() {
    Reading reading = clients.responses(Service.OPENAI, "sim-model", 25, event -> {}).reading();
    LedgerEntry entry = simulator.ledger(reading.id()).orElseThrow();

    assertThat(reading.finish()).isEqualTo("incomplete max_output_tokens");
    assertThat(reading.outputTokens()).isEqualTo(25).isEqualTo(entry.outputTokens());
    assertThat(reading.text()).hasSize(characters(entry, EventKind.TEXT)).isNotEmpty();
    assertThat(reading.tool()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AZURE_DEPLOYMENTS")
  void anErrorInTheMiddleOfAResponseIsAnErrorToTheClient(Service service) {
    assertThatThrownBy(() -> clients.responses(service, "fails", 1000, event -> {}))
        .hasMessageContaining("Simulated failure");
  }

  @ParameterizedTest
  @EnumSource
  void anErrorInTheMiddleOfAChatIsAnErrorToTheClient(Service service) {
    assertThatThrownBy(() -> clients.chat(service, "fails", 1000))
        .hasMessageContaining("Simulated failure");
  }

  @Test
  void azuresFirstChunkHasTheFiltersResultsForThePromptAndNothingElse() {
    List<String> chunks = new ArrayList<>();
    clients.chat(
        Service.AZURE_DEPLOYMENTS,
        "sim-model",
        1000,
        chunk ->
            chunks.add(
                chunk.id()
                    + "|"
                    + chunk.choices().size()
                    + "|"
                    + chunk._allProperties().containsKey("prompt_filter_results")));

    assertThat(chunks.get(0)).isEqualTo("|0|true");
    assertThat(chunks.subList(1, chunks.size()))
        .allSatisfy(chunk -> assertThat(chunk).startsWith("chatcmpl-").endsWith("|false"));
  }
}
