package dev.latencylens.harness.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.fixtures.recorded.RecordedStream;
import dev.latencylens.harness.stream.StreamEvent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The fixtures' recorded streams, which the providers' own clients can read, are read by the
 * harness too, however they are cut.
 */
final class RecordedFixturesTest {
  static Stream<String> names() {
    return RecordedStream.names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void whatTheOfficialClientsReadIsReadHowEverItIsCut(final String name) throws Exception {
    final RecordedStream stream = RecordedStream.load(name);
    final Recorded recorded =
        new Recorded(SimulatedApis.of(stream.provider()), "", text -> stream.toByteArray());
    final byte[] body = stream.toByteArray();

    final List<StreamEvent> whole = recorded.whole(body).events();

    assertThat(whole).isNotEmpty();
    for (final int piece : new int[] {1, 2, 3, 7, 64, 1_000}) {
      assertThat(recorded.inPieces(body, piece).events()).isEqualTo(whole);
    }
    final boolean ends =
        whole.stream()
            .anyMatch(
                event ->
                    event instanceof StreamEvent.Finished
                        || event instanceof StreamEvent.Terminated
                        || event instanceof StreamEvent.Failed);
    assertThat(ends).as("%s says how it ends", name).isEqualTo(!name.contains("truncated"));
  }
}
