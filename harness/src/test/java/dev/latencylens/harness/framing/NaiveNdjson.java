package dev.latencylens.harness.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latencylens.harness.framing.SseDecoderTest.Seen;
import java.util.ArrayList;
import java.util.List;

/** Reads a whole body line by line: slow and plain. */
final class NaiveNdjson {
  private final String body;
  private final List<Seen> frames = new ArrayList<>();

  NaiveNdjson(final byte[] body) {
    // One character a byte, so that offsets are those of the body.
    this.body = new String(body, ISO_8859_1);
  }

  List<Seen> frames() {
    int start = 0;
    for (int end = body.indexOf('\n'); end >= 0; end = body.indexOf('\n', start)) {
      add(body.substring(start, end), end + 1);
      start = end + 1;
    }
    final String rest = body.substring(start).replaceAll("[ \t\r]+$", "");
    if (rest.endsWith("}")) {
      add(rest, body.length());
    }
    return frames;
  }

  private void add(final String line, final long endOffset) {
    final String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    if (!text.matches("[ \t\r]*")) {
      frames.add(new Seen(new String(text.getBytes(ISO_8859_1), UTF_8), endOffset));
    }
  }
}
