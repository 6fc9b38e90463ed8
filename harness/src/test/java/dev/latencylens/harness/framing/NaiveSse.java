package dev.latencylens.harness.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latencylens.harness.framing.SseDecoderTest.Seen;
import java.util.ArrayList;
import java.util.List;

/** Reads a whole body by the letter of the standard, a character at a time: slow and plain. */
final class NaiveSse {
  private final String body;
  private final List<Seen> frames = new ArrayList<>();
  private final StringBuilder data = new StringBuilder();

  NaiveSse(final byte[] body) {
    // One character a byte, so that offsets are those of the body.
    this.body = new String(body, ISO_8859_1);
  }

  List<Seen> frames() {
    int at = body.startsWith("\u00EF\u00BB\u00BF") ? 3 : 0;
    final StringBuilder line = new StringBuilder();
    while (at < body.length()) {
      final char c = body.charAt(at++);
      if (c != '\r' && c != '\n') {
        line.append(c);
        continue;
      }
      process(line.toString(), at);
      line.setLength(0);
      if (c == '\r' && at < body.length() && body.charAt(at) == '\n') {
        at++;
      }
    }
    return frames;
  }

  private void process(final String line, final long endOffset) {
    if (line.isEmpty()) {
      if (data.length() > 0) {
        data.setLength(data.length() - 1);
        frames.add(new Seen(new String(data.toString().getBytes(ISO_8859_1), UTF_8), endOffset));
      }
      data.setLength(0);
      return;
    }
    final int colon = line.indexOf(':');
    final String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    if (value.startsWith(" ")) {
      value = value.substring(1);
    }
    if (field.equals("data")) {
      data.append(value).append('\n');
    }
  }
}
