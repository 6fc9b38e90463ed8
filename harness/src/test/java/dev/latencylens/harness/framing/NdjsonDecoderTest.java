package dev.latencylens.harness.framing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.latencylens.harness.framing.SseDecoderTest.Seen;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.Outcome;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class NdjsonDecoderTest {
  private static final int LIMIT = 1 << 20;
  private static final Pieces<Seen> PIECES =
      new Pieces<>(NdjsonDecoder::new, NdjsonDecoderTest::read);

  private static Arguments lines(final String name, final String body, final Seen... expected) {
    return Arguments.of(name, body, List.of(expected));
  }

  private static Seen seen(final String data, final long endOffset) {
    return new Seen(data, endOffset);
  }

  static List<Arguments> specification() {
    return List.of(
        lines("LF", "{}\n{\"a\":1}\n", seen("{}", 3), seen("{\"a\":1}", 11)),
        lines("CRLF: complete at the LF", "{}\r\n{}\r\n", seen("{}", 4), seen("{}", 8)),
        lines("mixed line ends", "{}\r\n{}\n{}\r\n", seen("{}", 4), seen("{}", 7), seen("{}", 11)),
        lines("a CR alone ends nothing", "{\r}\n1\r2\r\r\n", seen("{\r}", 4), seen("1\r2\r", 10)),
        lines(
            "blank lines are skipped",
            "\n\r\n \t\n{}\n\n\r\n  \r\n{}\n\n",
            seen("{}", 9),
            seen("{}", 19)),
        lines("white space around a value stays", " {} \n", seen(" {} ", 5)),
        lines(
            "a value is not looked at",
            "[DONE]\nnull\n{\n",
            seen("[DONE]", 7),
            seen("null", 12),
            seen("{", 14)),
        lines("text beyond ASCII", "{\"a\":\"Zürich 🌍\"}\n", seen("{\"a\":\"Zürich 🌍\"}", 21)),
        lines(
            "an unfinished last line that ends as an object",
            "{}\n{\"a\":1}",
            seen("{}", 3),
            seen("{\"a\":1}", 10)),
        lines("white space behind it", "{}\n{} \t\r", seen("{}", 3), seen("{}", 8)),
        lines("half a last line is dropped", "{}\n{\"a\":\"b", seen("{}", 3)),
        lines("a word as an unfinished last line is dropped", "{}\n[DONE]", seen("{}", 3)),
        lines("only an unfinished blank line", "{}\n \r", seen("{}", 3)),
        lines("nothing", ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("specification")
  void framesLineByLine(final String name, final String body, final List<Seen> expected)
      throws BrokenStreamException {
    final byte[] bytes = body.getBytes(UTF_8);

    assertThat(PIECES.decode(bytes, LIMIT, Math.max(1, bytes.length))).isEqualTo(expected);
    assertThat(new NaiveNdjson(bytes).frames())
        .as("the reference in this test")
        .isEqualTo(expected);
    for (int piece = 1; piece < bytes.length; piece++) {
      assertThat(PIECES.decode(bytes, LIMIT, piece))
          .as("pieces of %s bytes", piece)
          .isEqualTo(expected);
    }
  }

  @Test
  void framesRandomStreamsAlikeForEveryWayOfCutting() throws BrokenStreamException {
    for (int seed = 0; seed < 300; seed++) {
      final byte[] body = randomStream(new Random(seed));
      final List<Seen> expected = new NaiveNdjson(body).frames();

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
      final byte[] body = new byte[random.nextInt(200)];
      final byte[] alphabet = "{}\r\n\r\n x".getBytes(UTF_8);
      for (int i = 0; i < body.length; i++) {
        body[i] =
            random.nextInt(8) == 0
                ? (byte) random.nextInt()
                : alphabet[random.nextInt(alphabet.length)];
      }
      final int limit = 1 + random.nextInt(20);
      final Object whole = PIECES.attempt(body, limit, Math.max(1, body.length));
      for (final int piece : new int[] {1, 2, 7}) {
        assertThat(PIECES.attempt(body, limit, piece))
            .as("seed %s, in pieces of %s", seed, piece)
            .isEqualTo(whole);
      }
      if (whole instanceof List<?>) {
        assertThat(whole).as("seed %s", seed).isEqualTo(new NaiveNdjson(body).frames());
      }
    }
  }

  @Test
  void passesALineOnAsAViewOfTheGivenArray() throws BrokenStreamException {
    final byte[] body = "{}\n{\"a\":1}\r\n{".getBytes(UTF_8);
    final List<Boolean> views = new ArrayList<>();
    final NdjsonDecoder decoder = new NdjsonDecoder(LIMIT);

    decoder.decode(body, 0, body.length, frame -> views.add(frame.bytes() == body));
    decoder.decode("}\n".getBytes(UTF_8), 0, 2, frame -> views.add(frame.bytes() == body));

    assertThat(views).containsExactly(true, true, false);
  }

  @Test
  void readsOnlyTheGivenPartOfTheArray() throws BrokenStreamException {
    final byte[] array = "{1}\n{2}\n{3}\n".getBytes(UTF_8);
    final List<Seen> frames = new ArrayList<>();

    new NdjsonDecoder(LIMIT).decode(array, 4, 4, frame -> frames.add(read(frame)));

    assertThat(frames).containsExactly(seen("{2}", 4));
  }

  @Test
  void acceptsALineOfTheLimitAndRefusesOneByteMore() throws BrokenStreamException {
    for (final String end : List.of("\n", "\r\n", "")) {
      final byte[] atLimit = ("{12345678}" + end).getBytes(UTF_8);
      final byte[] over = ("{123456789}" + end).getBytes(UTF_8);

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
  }

  @Test
  void endsALineThatNeverEndsAtTheLimit() {
    final NdjsonDecoder decoder = new NdjsonDecoder(1000);
    final byte[] blank = " ".repeat(100).getBytes(UTF_8);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 12; i++) {
                decoder.decode(blank, 0, blank.length, frame -> fail("no frame"));
              }
            })
        .isInstanceOf(BrokenStreamException.class);
  }

  private static Seen read(final Frame frame) {
    return new Seen(
        new String(frame.bytes(), frame.offset(), frame.length(), UTF_8), frame.endOffset());
  }

  private static byte[] randomStream(final Random random) {
    final String[] texts = {
      "{}", "{\"a\":\"Zürich 🌍\"}", "[DONE]", " {\"b\": {}} ", "", " ", "\r", "{\r}", "{\"c"
    };
    final String[] ends = {"\n", "\r\n", "\n\n"};
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = random.nextInt(15); i > 0; i--) {
      body.writeBytes(texts[random.nextInt(texts.length)].getBytes(UTF_8));
      if (i > 1 || random.nextBoolean()) {
        body.writeBytes(ends[random.nextInt(ends.length)].getBytes(UTF_8));
      }
    }
    return body.toByteArray();
  }
}
