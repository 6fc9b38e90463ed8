package dev.latencylens.benchmarks.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latencylens.fixtures.simulator.LedgerEvent;
import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerClientTest {
  private static final int TOKENS = 12;
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");
  private static final SimulatorOptions OPTIONS =
      SimulatorOptions.defaults()
          .withOtherModels(ModelProfile.defaults().with("ttft-ms=1,gap-ms=1,tokens=" + TOKENS));

  @Test
  void tellsWhenEachContentEventWasSent() throws Exception {
    try (Simulator simulator = Simulator.start(OPTIONS.withPlain(true))) {
      final long before = System.nanoTime();
      final String id = stream(simulator.baseUri());
      final long after = System.nanoTime();

      final long[] sent = client(simulator).contentSendTimes(id).orElseThrow();

      assertThat(sent).hasSize(TOKENS).isSorted();
      assertThat(sent[0]).isBetween(before, after);
      assertThat(sent)
          .containsExactly(
              simulator.ledger(id).orElseThrow().events().stream()
                  .filter(LedgerEvent::content)
                  .mapToLong(LedgerEvent::sentNanos)
                  .toArray());
    }
  }

  @Test
  void aStreamThatTheSimulatorDoesNotKnowHasNoTimes() throws Exception {
    try (Simulator plain = Simulator.start(OPTIONS.withPlain(true));
        Simulator secure = Simulator.start(OPTIONS)) {
      assertThat(client(plain).contentSendTimes("no such/id?")).isEmpty();
      assertThat(client(secure).contentSendTimes("none")).isEmpty();
    }
  }

  @Test
  void theRunsOwnAuthorityIsTheOnlyOneTrusted() throws Exception {
    try (Simulator simulator = Simulator.start(OPTIONS);
        Simulator other = Simulator.start(OPTIONS)) {
      final LedgerClient wrong =
          LedgerClient.of(new SimulatorAddress(simulator.baseUri(), other.caPem()));

      assertThatThrownBy(() -> wrong.contentSendTimes("none")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aSimulatorThatIsGoneIsAnErrorAndNotAnEmptyLedger() throws Exception {
    final LedgerClient client;
    try (Simulator simulator = Simulator.start(OPTIONS.withPlain(true))) {
      client = client(simulator);
    }

    assertThatThrownBy(() -> client.contentSendTimes("any")).isInstanceOf(IOException.class);
  }

  @Test
  void anUnusableCaBundleIsNamed(@TempDir final Path directory) throws IOException {
    final Path bundle = Files.writeString(directory.resolve("broken.pem"), "no certificate");

    assertThatThrownBy(
            () ->
                LedgerClient.of(
                    new SimulatorAddress(URI.create("https://127.0.0.1:1"), Optional.of(bundle))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("broken.pem");
  }

  private static LedgerClient client(final Simulator simulator) throws IOException {
    return LedgerClient.of(new SimulatorAddress(simulator.baseUri(), simulator.caPem()));
  }

  /** Reads one stream to its end and returns the response's id. */
  private static String stream(final URI simulator) throws IOException, InterruptedException {
    final HttpRequest request =
        HttpRequest.newBuilder(URI.create(simulator + "/v1/chat/completions"))
            .header("Authorization", "Bearer made-up")
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"model": "m", "stream": true,
                     "messages": [{"role": "user", "content": "Say hello."}]}
                    """))
            .build();
    final String body =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    final Matcher id = ID.matcher(body);
    assertThat(id.find()).as(body).isTrue();
    return id.group(1);
  }
}
