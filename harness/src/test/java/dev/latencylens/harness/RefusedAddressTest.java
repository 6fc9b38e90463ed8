package dev.latencylens.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.address.IpLiteral;
import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.config.ProxyChoice;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.transport.Endpoint;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that nothing is sent to, looked at when the connection is made. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RefusedAddressTest {
  private static final Deadlines DEADLINES = SimulatedService.PATIENT;

  /** As if the provider's own endpoint were there: nothing has looked at the URL before. */
  private static Endpoint unchecked(final String url, final Network network) {
    final Endpoint usual =
        SimulatedService.endpoint("openai", URI.create("https://127.0.0.1/v1"), Network.DEFAULT);
    return new Endpoint(
        usual.name(),
        usual.provider(),
        usual.api(),
        URI.create(url),
        network,
        Optional.empty(),
        usual.headers(),
        usual.credentials());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://169.254.169.254/v1",
        "http://169.254.169.254:1/v1",
        // The system's resolver takes these for the same address, as it might a name.
        "https://2852039166/v1",
        "https://0.0.0.0:1/v1",
        "https://[::ffff:169.254.169.254]:1/v1",
        "https://[fe80::1]:1/v1",
        "https://[fd00:ec2::254]:1/v1",
        "https://224.0.0.1:1/v1",
        "https://255.255.255.255:1/v1",
      })
  void nothingIsSentThere(final String url) throws Exception {
    final StreamRecord record =
        SimulatedService.alone(unchecked(url, Network.DEFAULT), DEADLINES, Http2.EXCLUSIVE);

    assertThat(record.outcome()).isEqualTo(Outcome.REFUSED_BY_LIMIT);
    assertThat(record.actualStart()).isEmpty();
    assertThat(record.connection().connectNanos()).isEmpty();
    assertThat(record.detail().orElse("")).contains("allow_address: [");
  }

  @Test
  void oneThatIsNamedIsAskedLikeAnyOther() throws Exception {
    try (SocketServer server = SocketServer.plain(SocketServer.streaming())) {
      // To the operating system the unspecified address is this machine.
      final String url = "http://0.0.0.0:" + server.port() + "/v1";
      final Network naming =
          new Network(
              Optional.empty(),
              Optional.empty(),
              List.of(),
              ProxyChoice.NONE,
              List.of(IpLiteral.parse("0.0.0.0").orElseThrow()),
              true);

      assertThat(
              SimulatedService.alone(unchecked(url, Network.DEFAULT), DEADLINES, Http2.OFF)
                  .outcome())
          .isEqualTo(Outcome.REFUSED_BY_LIMIT);
      assertThat(server.requests()).isEmpty();
      assertThat(SimulatedService.alone(unchecked(url, naming), DEADLINES, Http2.OFF).outcome())
          .isEqualTo(Outcome.COMPLETE);
    }
  }
}
