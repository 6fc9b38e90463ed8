package dev.latencylens.harness.official;

import static dev.latencylens.harness.official.LedgerSums.characters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.latencylens.fixtures.simulator.Fault;
import dev.latencylens.fixtures.simulator.LedgerEntry;
import dev.latencylens.fixtures.simulator.LedgerEvent;
import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.RunTrust;
import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import dev.latencylens.fixtures.simulator.wire.EventKind;
import dev.latencylens.harness.official.BedrockClient.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** AWS's client reads what the simulator streams, over HTTPS, signed or with a bearer key. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BedrockIsReadableTest {

  private static final String PROFILE_ARN =
      "arn:aws:bedrock:eu-central-1:000000000000:inference-profile/eu.anthropic.claude-x-v1:0";
  private static final ModelProfile ACTS =
      ModelProfile.defaults()
          .with(
              "ttft-ms=20,gap-ms=1,tokens=40,tokens-per-event=3,reasoning-tokens=10,tool-tokens=6");

  private final Simulator simulator;
  private final BedrockClient client;

  BedrockIsReadableTest() throws Exception {
    simulator =
        Simulator.start(
            SimulatorOptions.defaults()
                .withOtherModels(ACTS)
                .withModel("talks", ACTS.withToolTokens(0))
                .withModel("fails", ACTS.withFault(Fault.PROVIDER_ERROR, 4))
                .withModel("limits", ACTS.withFault(Fault.STATUS_429, 0)));
    client = client(Protocol.HTTP2, Access.SIGNED);
  }

  private BedrockClient client(Protocol protocol, Access access) throws Exception {
    return new BedrockClient(
        simulator.baseUri(),
        Optional.of(RunTrust.in(simulator.caPem().orElseThrow())),
        protocol,
        access);
  }

  @AfterAll
  void close() {
    client.close();
    simulator.close();
  }

  @ParameterizedTest
  @CsvSource({"HTTP2, SIGNED", "HTTP1_1, SIGNED", "HTTP2, BEARER"})
  void aWholeConversationAgreesWithTheLedger(Protocol protocol, Access access) throws Exception {
    try (BedrockClient asking = client(protocol, access)) {
      List<ConverseStreamOutput> events = new ArrayList<>();
      Reading reading = asking.converse(PROFILE_ARN, 1000, events::add);
      LedgerEntry entry = simulator.ledger(reading.id()).orElseThrow();

      assertThat(reading.finish()).isEqualTo("tool_use");
      assertThat(reading.text()).hasSize(characters(entry, EventKind.TEXT)).isNotEmpty();
      assertThat(reading.reasoning()).hasSize(characters(entry, EventKind.REASONING)).isNotEmpty();
      assertThat(reading.tool()).startsWith("speak{\"words\":\"").endsWith("\"}");
      assertThat(reading.tool()).hasSize("speak".length() + characters(entry, EventKind.TOOL));
      assertThat(reading.promptTokens()).isEqualTo(entry.promptTokens());
      assertThat(reading.outputTokens()).isEqualTo(entry.outputTokens()).isEqualTo(56);
      assertThat(entry.provider()).isEqualTo("bedrock");
      assertThat(entry.model()).isEqualTo(PROFILE_ARN);
      assertThat(entry.events().stream().mapToInt(LedgerEvent::tokens).sum()).isEqualTo(56);
      assertThat(events).hasSameSizeAs(entry.events());
      assertThat(events)
          .extracting(ConverseStreamOutput::sdkEventType)
          .doesNotContain(ConverseStreamOutput.EventType.UNKNOWN_TO_SDK_VERSION);
    }
  }

  @ParameterizedTest
  @CsvSource({"HTTP2, SIGNED", "HTTP1_1, SIGNED", "HTTP2, BEARER"})
  void aWholeAnswerOfAnthropicsAgreesWithTheLedger(Protocol protocol, Access access)
      throws Exception {
    try (BedrockClient asking = client(protocol, access)) {
      List<RawMessageStreamEvent> events = new ArrayList<>();
      Message message = asking.invoke(PROFILE_ARN, 1000, events::add);
      Reading reading = OfficialClients.reading(message);
      LedgerEntry entry = simulator.ledger(reading.id()).orElseThrow();

      assertThat(reading.id()).startsWith("msg_bdrk_");
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
      assertThat(entry.provider()).isEqualTo("bedrock");
      assertThat(entry.model()).isEqualTo(PROFILE_ARN);
      assertThat(events).hasSameSizeAs(entry.events());
      assertThat(events).allMatch(RawMessageStreamEvent::isValid);
    }
  }

  @Test
  void whatBedrockMeasuredIsInAnthropicsLastEvent() {
    List<RawMessageStreamEvent> events = new ArrayList<>();
    Reading reading = OfficialClients.reading(client.invoke("sim-model", 1000, events::add));

    assertThat(events.get(events.size() - 1).asMessageStop()._additionalProperties())
        .extractingByKey("amazon-bedrock-invocationMetrics")
        .asString()
        .contains("inputTokenCount=" + reading.promptTokens(), "outputTokenCount=56");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAnswerCutShortByTheRequestAgreesWithTheLedger(boolean invoked) {
    Reading reading =
        invoked
            ? OfficialClients.reading(client.invoke("talks", 25))
            : client.converse("talks", 25);
    LedgerEntry entry = simulator.ledger(reading.id()).orElseThrow();

    assertThat(reading.finish()).isEqualTo("max_tokens");
    assertThat(reading.outputTokens()).isEqualTo(25).isEqualTo(entry.outputTokens());
    assertThat(reading.text()).hasSize(characters(entry, EventKind.TEXT)).isNotEmpty();
  }

  @Test
  void anAnswerWithoutAToolCallEndsItsTurn() {
    assertThat(client.converse("talks", 1000).finish()).isEqualTo("end_turn");
    assertThat(OfficialClients.reading(client.invoke("talks", 1000)).finish())
        .isEqualTo("end_turn");
  }

  @Test
  void anErrorInTheMiddleIsTheExceptionThatItSays() {
    assertThatThrownBy(() -> client.converse("fails", 1000))
        .isInstanceOf(ThrottlingException.class)
        .hasMessageContaining("Simulated failure");
    assertThatThrownBy(() -> client.invoke("fails", 1000))
        .isInstanceOfSatisfying(
            ModelStreamErrorException.class,
            e -> assertThat(e.originalMessage()).contains("Simulated failure"));
  }

  @Test
  void aRefusedRequestIsTheExceptionThatTheHeaderSays() {
    assertThatThrownBy(() -> client.converse("limits", 1000))
        .isInstanceOf(ThrottlingException.class);
    assertThatThrownBy(() -> client.invoke("sim-model", -1))
        .isInstanceOf(ValidationException.class)
        .isInstanceOfSatisfying(
            BedrockRuntimeException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.requestId()).isNotEmpty();
              assertThat(e.awsErrorDetails().errorMessage()).contains("max_tokens");
            });
  }
}
