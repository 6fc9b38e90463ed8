package dev.latencylens.harness.framing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.Outcome;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SseDecoderTest {
  private static final int LIMIT = 1 << 20;
  private static final Pieces<Seen> PIECES = new Pieces<>(SseDecoder::new, SseDecoderTest::read);

  record Seen(String data, long endOffset) {}

  private static Arguments event(final String name, final String body, final Seen... expected) {
    return Arguments.of(name, body, List.of(expected));
  }

  private static Seen seen(final String data, final long endOffset) {
    return new Seen(data, endOffset);
  }

  static List<Arguments> specification() {
    return List.of(
        event("LF", "data: a\n\n", seen("a", 9)),
        event("CR", "data: a\r\rdata: b\r\r", seen("a", 9), seen("b", 18)),
        event("CRLF: complete at the CR", "data: a\r\n\r\n", seen("a", 10)),
        event(
            "mixed line ends",
            "data: a\r\n\ndata: b\n\r\ndata: c\r\n\r",
            seen("a", 10),
            seen("b", 19),
            seen("c", 30)),
        event(
            "several data lines join with LF",
            "data: a\r\ndata:b\rdata: \ndata\ndata: c\n\n",
            seen("a\nb\n\n\nc", 37)),
        event("one space is dropped, no more", "data:  a \n\n", seen(" a ", 11)),
        event("a tab is data", "data:\ta\n\n", seen("\ta", 9)),
        event("comments", ": hello\ndata: a\n:\n: data: b\n\n:\n\n", seen("a", 29)),
        event(
            "id, event, retry and unknown fields",
            "id: 1\nevent: x\nretry: 5\ndatas: b\ndat: c\nDATA: d\n data: e\ndata: a\n\n",
            seen("a", 66)),
        event("no colon", "data\n\ndata\ndata\n\ndata:", seen("", 6), seen("\n", 17)),
        event("no data, no event", "event: ping\n\nid\n\n\n\n: x\n\n"),
        event("a byte order mark at the start", "\uFEFFdata: a\n\n", seen("a", 12)),
        event(
            "a second byte order mark is text",
            "\uFEFF\uFEFFdata: a\n\ndata: b\n\n",
            seen("b", 24)),
        event("a byte order mark later is text", "data: a\n\n\uFEFFdata: b\n\n", seen("a", 9)),
        event("an event without its blank line is dropped", "data: a\n\ndata: b\n", seen("a", 9)),
        event("half a line is dropped", "data: a\n\ndata: b", seen("a", 9)),
        event(
            "blank lines before and between",
            "\n\r\n\rdata: a\n\n\n\ndata: b\n\n",
            seen("a", 13),
            seen("b", 24)),
        event(
            "the standard's stock example",
            "data: YHOO\ndata: +2\ndata: 10\n\n",
            seen("YHOO\n+2\n10", 30)),
        event(
            "the standard's comment example",
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
            seen("first event", 40),
            seen("second event", 62),
            seen(" third event", 82)),
        event("text beyond ASCII", "data: Zürich 🌍\n\n", seen("Zürich 🌍", 20)),
        event("nothing", ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("specification")
  void framesAsTheStandardSays(final String name, final String body, final List<Seen> expected)
      throws BrokenStreamException {
    final byte[] bytes = body.getBytes(UTF_8);

    assertThat(PIECES.decode(bytes, LIMIT, bytes.length)).isEqualTo(expected);
    assertThat(new NaiveSse(bytes).frames()).as("the reference in this test").isEqualTo(expected);
    for (int piece = 1; piece < bytes.length; piece++) {
      assertThat(PIECES.decode(bytes, LIMIT, piece))
          .as("pieces of %s bytes", piece)
          .isEqualTo(expected);
    }
  }

  @Test
  void theBeginningOfAByteOrderMarkIsText() throws BrokenStreamException {
    for (int length = 1; length <= 2; length++) {
      final ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.write("\uFEFF".getBytes(UTF_8), 0, length);
      body.writeBytes("data: a\n\ndata: b\n\n".getBytes(UTF_8));
      for (int piece = 1; piece <= body.size(); piece++) {
        assertThat(PIECES.decode(body.toByteArray(), LIMIT, piece))
            .as("%s bytes of the mark, in pieces of %s", length, piece)
            .containsExactly(seen("b", 18 + length));
      }
    }
  }

  @Test
  void framesRandomStreamsAlikeForEveryWayOfCutting() throws BrokenStreamException {
    for (int seed = 0; seed < 300; seed++) {
      final Random random = new Random(seed);
      final byte[] body = randomStream(random);
      final List<Seen> expected = new NaiveSse(body).frames();

      assertThat(PIECES.decode(body, LIMIT, Math.max(1, body.length)))
          .as("seed %s", seed)
          .isEqualTo(expected);
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
  void takesAnyBytes() {
    for (int seed = 0; seed < 3000; seed++) {
      final Random random = new Random(seed);
      final byte[] body = new byte[random.nextInt(400)];
      final byte[] alphabet = "data: \r\n\r\n:x\uFEFFé".getBytes(UTF_8);
      for (int i = 0; i < body.length; i++) {
        body[i] =
            random.nextInt(8) == 0
                ? (byte) random.nextInt()
                : alphabet[random.nextInt(alphabet.length)];
      }
      final int limit = 1 + random.nextInt(60);
      final Object whole = PIECES.attempt(body, limit, Math.max(1, body.length));
      assertThat(PIECES.attempt(body, limit, 1)).as("seed %s", seed).isEqualTo(whole);
      assertThat(PIECES.attempt(body, limit, 7)).as("seed %s", seed).isEqualTo(whole);
      if (limit > body.length) {
        assertThat(whole).as("seed %s", seed).isEqualTo(new NaiveSse(body).frames());
      }
    }
  }

  @Test
  void passesOneDataLineOnAsAViewOfTheGivenArray() throws BrokenStreamException {
    final byte[] body = "data: a\n\ndata: b\ndata: c\n\n".getBytes(UTF_8);
    final List<Boolean> views = new ArrayList<>();

    new SseDecoder(LIMIT).decode(body, 0, body.length, frame -> views.add(frame.bytes() == body));

    assertThat(views).containsExactly(true, false);
  }

  @Test
  void readsOnlyTheGivenPartOfTheArray() throws BrokenStreamException {
    final byte[] array = "data: x\n\ndata: a\n\ndata: y\n\n".getBytes(UTF_8);
    final List<Seen> frames = new ArrayList<>();

    new SseDecoder(LIMIT).decode(array, 9, 9, frame -> frames.add(read(frame)));

    assertThat(frames).containsExactly(seen("a", 9));
  }

  @Test
  void acceptsAnEventOfTheLimitAndRefusesOneByteMore() throws BrokenStreamException {
    final byte[] atLimit = "data: 0123456789\n\n".getBytes(UTF_8);
    final byte[] over = "data:0123456789X\n\n".getBytes(UTF_8);
    final byte[] joined = "data: 01234\ndata: 56789\n\n".getBytes(UTF_8);

    for (int piece = 1; piece <= over.length; piece++) {
      final int size = piece;
      assertThat(PIECES.decode(atLimit, 10, size)).hasSize(1);
      for (final byte[] tooLarge : List.of(over, joined)) {
        assertThatThrownBy(() -> PIECES.decode(tooLarge, 10, size))
            .isInstanceOfSatisfying(
                BrokenStreamException.class,
                e -> assertThat(e.outcome()).isEqualTo(Outcome.TOO_LARGE))
            .hasMessageContaining("10 bytes");
      }
    }
  }

  @Test
  void endsALineThatNeverEndsAtTheLimit() {
    final SseDecoder decoder = new SseDecoder(1000);
    final byte[] comment = ":".repeat(100).getBytes(UTF_8);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 12; i++) {
                decoder.decode(comment, 0, comment.length, frame -> fail("no frame"));
              }
            })
        .isInstanceOf(BrokenStreamException.class);
  }

  @Test
  void findsALineEndAtEveryPlace() {
    for (int length = 0; length < 80; length++) {
      for (int at = 0; at <= length; at++) {
        final byte[] bytes = new byte[length + 9];
        Arrays.fill(bytes, (byte) (at % 2 == 0 ? 0x80 : 0x1F));
        if (at < length) {
          bytes[4 + at] = (byte) (at % 3 == 0 ? '\r' : '\n');
        }
        assertThat(LineEnds.indexOf(bytes, 4, 4 + length))
            .as("length %s, at %s", length, at)
            .isEqualTo(at < length ? 4 + at : -1);
      }
    }
  }

  private static Seen read(final Frame frame) {
    return new Seen(
        new String(frame.bytes(), frame.offset(), frame.length(), UTF_8), frame.endOffset());
  }

  private static byte[] randomStream(final Random random) {
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (random.nextInt(4) == 0) {
      body.writeBytes("\uFEFF".getBytes(UTF_8));
    }
    final String[] lines = {
      "data: ",
      "data:",
      "data",
      "data:  x",
      "event: e",
      "id: 3",
      ": comment",
      ":",
      "retry: 1",
      "datax: y",
      "é",
      ""
    };
    final String[] texts = {"", "a", "Zürich", "🌍🌍", "{\"a\": 1}", "\t", "data: ", "\uFEFF"};
    final String[] ends = {"\n", "\r", "\r\n"};
    final int count = random.nextInt(25);
    for (int i = 0; i < count; i++) {
      final String line = lines[random.nextInt(lines.length)];
      body.writeBytes(line.getBytes(UTF_8));
      if (!line.isEmpty() && line.indexOf(':') >= 0) {
        body.writeBytes(texts[random.nextInt(texts.length)].getBytes(UTF_8));
      }
      body.writeBytes(ends[random.nextInt(ends.length)].getBytes(UTF_8));
    }
    return body.toByteArray();
  }
}
