package dev.latencylens.harness.framing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.management.ThreadMXBean;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.Outcome;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

final class AwsEventStreamDecoderTest {
  private static final int LIMIT = 64 << 20;
  private static final Pieces<Seen> PIECES =
      new Pieces<>(AwsEventStreamDecoder::new, AwsEventStreamDecoderTest::read);

  record Seen(String name, boolean exception, String data, long endOffset) {}

  @Test
  void readsTheVectorsThatAwsPublishes() throws BrokenStreamException {
    // From the tests of AWS's own decoders (botocore, tests/unit/test_eventstream.py).
    final byte[] empty = HexFormat.of().parseHex("000000100000000005c248eb7d98c8ff");
    final byte[] payload = hex("0000001d00000000fd528c5a", "{'foo':'bar'}", "c3653936");
    final byte[] header =
        hex(
            "0000003d0000002007fd83960c",
            "content-type",
            "070010",
            "application/json",
            "",
            "{'foo':'bar'}",
            "8d9c08b1");

    assertThat(PIECES.decode(empty, LIMIT, 16)).containsExactly(new Seen("", false, "", 16));
    assertThat(PIECES.decode(payload, LIMIT, 29))
        .containsExactly(new Seen("", false, "{'foo':'bar'}", 29));
    assertThat(PIECES.decode(header, LIMIT, 61))
        .containsExactly(new Seen("", false, "{'foo':'bar'}", 61));
  }

  /** Hex digits and texts in turn. */
  private static byte[] hex(final String... parts) {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < parts.length; i++) {
      bytes.writeBytes(i % 2 == 0 ? HexFormat.of().parseHex(parts[i]) : parts[i].getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void namesAFrameByItsKindOfMessage() throws BrokenStreamException {
    final byte[] body =
        join(
            message(Map.of(":message-type", "event", ":event-type", "metadata"), "a"),
            message(Map.of(":message-type", "exception", ":exception-type", "throttled"), "b"),
            message(Map.of(":message-type", "error", ":error-code", "500", ":event-type", "x"), ""),
            message(Map.of(":event-type", "chunk"), "c"),
            message(Map.of(), "d"));

    assertThat(PIECES.decode(body, LIMIT, body.length))
        .extracting(Seen::name, Seen::exception, Seen::data)
        .containsExactly(
            tuple("metadata", false, "a"),
            tuple("throttled", true, "b"),
            tuple("500", true, ""),
            tuple("chunk", false, "c"),
            tuple("", false, "d"));
  }

  @Test
  void takesNoNameFromAHeaderThatIsNoText() throws BrokenStreamException {
    final byte[] body =
        encode(
            Map.of(
                ":event-type", HeaderValue.fromInteger(7),
                ":message-type", HeaderValue.fromBoolean(true)),
            "a");

    assertThat(PIECES.decode(body, LIMIT, body.length))
        .containsExactly(new Seen("", false, "a", body.length));
  }

  @Test
  void framesRandomStreamsAlikeForEveryWayOfCutting() throws BrokenStreamException {
    for (int seed = 0; seed < 100; seed++) {
      final Random random = new Random(seed);
      final ByteArrayOutputStream stream = new ByteArrayOutputStream();
      final List<Seen> expected = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        final String name = "e".repeat(1 + random.nextInt(20));
        final String data = "Zürich 🌍 ".repeat(random.nextInt(8));
        stream.writeBytes(message(Map.of(":event-type", name), data));
        expected.add(new Seen(name, false, data, stream.size()));
      }
      final byte[] body = stream.toByteArray();

      assertThat(PIECES.decode(body, LIMIT, 1))
          .as("seed %s, byte by byte", seed)
          .isEqualTo(expected);
      for (int split = 0; split <= body.length; split++) {
        assertThat(PIECES.splitAt(body, LIMIT, split))
            .as("seed %s, split at %s", seed, split)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void dropsAMessageThatTheEndCutsOff() throws BrokenStreamException {
    final byte[] first = message(Map.of(":event-type", "a"), "first");
    final byte[] body = join(first, message(Map.of(":event-type", "b"), "second"));

    for (int length = first.length; length < body.length; length++) {
      assertThat(PIECES.decode(Arrays.copyOf(body, length), LIMIT, 7))
          .containsExactly(new Seen("a", false, "first", first.length));
    }
  }

  @Test
  void namesThePlaceOfWhateverIsBroken() {
    final byte[] good = message(Map.of(":event-type", "a"), "MARKED");
    for (int at = 0; at < good.length; at++) {
      final byte[] broken = good.clone();
      broken[at] ^= 0x40;
      final byte[] body = join(good, broken, good);

      assertThatThrownBy(() -> PIECES.decode(body, LIMIT, 5))
          .as("byte %s", at)
          .isInstanceOfSatisfying(
              BrokenStreamException.class,
              e -> assertThat(e.outcome()).isEqualTo(Outcome.MALFORMED))
          .hasMessage(
              "message 2 of the stream, which begins at byte %s: %s",
              good.length + 1,
              at < 12
                  ? "the checksum of its lengths does not match"
                  : "its checksum does not match, or its headers are broken");
    }
  }

  @Test
  void refusesLengthsThatCannotBe() {
    for (final int[] lengths :
        new int[][] {{0, 0}, {15, 0}, {16, 1}, {100, 85}, {100, -1}, {500_000, 131_073}}) {
      assertThatThrownBy(() -> PIECES.decode(prelude(lengths[0], lengths[1]), LIMIT, 12))
          .as("%s and %s", lengths[0], lengths[1])
          .isInstanceOfSatisfying(
              BrokenStreamException.class,
              e -> assertThat(e.outcome()).isEqualTo(Outcome.MALFORMED))
          .hasMessageEndingWith("byte 1: its lengths are impossible");
    }
  }

  @Test
  void refusesHeadersThatAreBrokenUnderARightChecksum() {
    for (final String headers : List.of("05612d", "0161ff", "01610700ff61", "ff", "0161")) {
      assertThatThrownBy(() -> PIECES.decode(withHeaders(headers), LIMIT, 3))
          .as(headers)
          .isInstanceOfSatisfying(
              BrokenStreamException.class,
              e -> assertThat(e.outcome()).isEqualTo(Outcome.MALFORMED))
          .hasMessageContaining("headers");
    }
  }

  @Test
  void acceptsAPayloadOfTheLimitAndRefusesOneByteMore() throws BrokenStreamException {
    final byte[] atLimit = message(Map.of(":event-type", "a"), "0123456789");
    final byte[] over = message(Map.of(":event-type", "a"), "0123456789X");

    for (int piece = 1; piece <= over.length; piece++) {
      final int size = piece;
      assertThat(PIECES.decode(atLimit, 10, size)).hasSize(1);
      assertThatThrownBy(() -> PIECES.decode(over, 10, size))
          .isInstanceOfSatisfying(
              BrokenStreamException.class,
              e -> assertThat(e.outcome()).isEqualTo(Outcome.TOO_LARGE))
          .hasMessageContaining("10 bytes");
    }
  }

  @Test
  void refusesAMessageThatIsTooLargeByItsPreludeAlone() {
    for (final int whole : new int[] {(24 << 20) + 17, 1 << 30, Integer.MAX_VALUE, -1}) {
      assertThatThrownBy(() -> PIECES.decode(prelude(whole, 0), LIMIT, 12))
          .isInstanceOfSatisfying(
              BrokenStreamException.class,
              e -> assertThat(e.outcome()).isEqualTo(Outcome.TOO_LARGE));
    }
  }

  @Test
  void aLengthThatIsOnlyClaimedCostsNoMemory() throws BrokenStreamException {
    final byte[] start = prelude(20 << 20, 0);
    final byte[] more = new byte[10_000];
    final AwsEventStreamDecoder decoder = new AwsEventStreamDecoder(LIMIT);
    final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    final long before = memory.getCurrentThreadAllocatedBytes();

    decoder.decode(start, 0, start.length, frame -> fail("no frame"));
    decoder.decode(more, 0, more.length, frame -> fail("no frame"));

    assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
  }

  @Test
  void takesAnyBytes() {
    final byte[] good =
        join(
            message(Map.of(":event-type", "a", ":message-type", "event"), "text"),
            message(Map.of(":exception-type", "b", ":message-type", "exception"), ""));
    for (int seed = 0; seed < 3000; seed++) {
      final Random random = new Random(seed);
      final byte[] body = good.clone();
      if (random.nextInt(4) == 0) {
        random.nextBytes(body);
      } else {
        body[random.nextInt(body.length)] = (byte) random.nextInt();
      }
      final int limit = 1 + random.nextInt(10);
      final Object whole = PIECES.attempt(body, limit, body.length);
      assertThat(PIECES.attempt(body, limit, 1)).as("seed %s", seed).isEqualTo(whole);
      assertThat(PIECES.attempt(body, limit, 7)).as("seed %s", seed).isEqualTo(whole);
    }
  }

  @Test
  void readsOnlyTheGivenPartOfTheArray() throws BrokenStreamException {
    final byte[] one = message(Map.of(), "x");
    final byte[] array = join(one, message(Map.of(), "a"), one);
    final List<Seen> frames = new ArrayList<>();

    new AwsEventStreamDecoder(LIMIT)
        .decode(array, one.length, one.length, frame -> frames.add(read(frame)));

    assertThat(frames).containsExactly(new Seen("", false, "a", one.length));
  }

  @Test
  void anUnwrappedFrameIsCompleteWhereItsEnvelopeIs() throws BrokenStreamException {
    final byte[] body = message(Map.of(":event-type", "chunk"), "envelope");
    final List<Seen> frames = new ArrayList<>();

    new AwsEventStreamDecoder(LIMIT)
        .decode(
            body,
            0,
            body.length,
            frame -> frames.add(read(frame.unwrapped("inner".getBytes(UTF_8)))));

    assertThat(frames).containsExactly(new Seen("", false, "inner", body.length));
  }

  private static byte[] prelude(final int whole, final int headers) {
    final ByteBuffer prelude = ByteBuffer.allocate(12).putInt(whole).putInt(headers);
    return prelude.putInt(checksum(prelude.array(), 8)).array();
  }

  private static byte[] withHeaders(final String hex) {
    final byte[] headers = HexFormat.of().parseHex(hex);
    final int whole = 16 + headers.length;
    final ByteBuffer message =
        ByteBuffer.allocate(whole).put(prelude(whole, headers.length)).put(headers);
    return message.putInt(checksum(message.array(), whole - 4)).array();
  }

  private static int checksum(final byte[] bytes, final int length) {
    final CRC32 checksum = new CRC32();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }

  private static byte[] message(final Map<String, String> headers, final String payload) {
    final Map<String, HeaderValue> values = new LinkedHashMap<>();
    headers.forEach((name, value) -> values.put(name, HeaderValue.fromString(value)));
    return encode(values, payload);
  }

  private static byte[] encode(final Map<String, HeaderValue> headers, final String payload) {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new Message(headers, payload.getBytes(UTF_8)).encode(bytes);
    return bytes.toByteArray();
  }

  private static byte[] join(final byte[]... parts) {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (final byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  private static Seen read(final Frame frame) {
    return new Seen(
        frame.name(),
        frame.exception(),
        new String(frame.bytes(), frame.offset(), frame.length(), UTF_8),
        frame.endOffset());
  }
}
