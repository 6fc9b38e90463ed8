package dev.latencylens.benchmarks.floor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FloorStreamTest {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/event-stream\r\n\r\n";

  private static boolean read(final FloorStream stream, final long stamp, final String bytes) {
    return stream.read(stamp, ByteBuffer.wrap(bytes.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void anEventHasTheStampOfTheReadThatBroughtItsLastByte() {
    final FloorStream stream = new FloorStream();

    assertThat(read(stream, 10, HEAD + "17\r\ndata: {\"id\":\"chat-7\"}\n\n\r")).isFalse();
    assertThat(read(stream, 20, "\n9\r\ndata: b\n")).isFalse();
    assertThat(read(stream, 30, "\n\r")).isFalse();
    assertThat(read(stream, 40, "\n12\r\ndata: c\n\ndata: d\n\n\r\n0\r\n\r\n")).isTrue();

    assertThat(stream.isWhole()).isTrue();
    assertThat(stream.id()).hasValue("chat-7");
    assertThat(stream.eventStamps()).containsExactly(10, 30, 40, 40);
  }

  @Test
  void aResponseIsReadAlikeHoweverItIsCut() {
    final String response = HEAD + "9\r\ndata: a\n\n\r\n12\r\ndata: b\n\ndata: c\n\n\r\n0\r\n\r\n";
    for (final int size : List.of(1, 2, 3, 7, 50)) {
      final FloorStream stream = new FloorStream();
      boolean whole = false;
      for (int from = 0; from < response.length(); from += size) {
        whole =
            read(stream, from, response.substring(from, Math.min(response.length(), from + size)));
      }
      assertThat(whole).isTrue();
      assertThat(stream.eventStamps()).as("pieces of %d", size).hasSize(3).isSorted();
    }
  }
}
