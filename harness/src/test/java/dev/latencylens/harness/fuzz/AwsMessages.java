package dev.latencylens.harness.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** AWS messages with checksums that hold: a fuzzer would never find one by chance. */
final class AwsMessages {
  private static final int PRELUDE = 12;
  private static final int OVERHEAD = 16;

  private AwsMessages() {}

  /**
   * The same bytes with the lengths of each message cut to what is there, and its checksums put
   * right. What remains after the last message is left as it is.
   */
  static byte[] mended(final byte[] body) {
    final byte[] mended = body.clone();
    final ByteBuffer buffer = ByteBuffer.wrap(mended);
    int at = 0;
    while (mended.length - at >= OVERHEAD) {
      final int room = mended.length - at;
      final int claimed = buffer.getInt(at);
      final int whole = claimed < OVERHEAD || claimed > room ? room : claimed;
      final int headers = buffer.getInt(at + Integer.BYTES);
      buffer.putInt(at, whole);
      if (headers < 0 || headers > whole - OVERHEAD) {
        buffer.putInt(at + Integer.BYTES, Math.floorMod(headers, whole - OVERHEAD + 1));
      }
      buffer.putInt(at + 2 * Integer.BYTES, checksum(mended, at, PRELUDE - Integer.BYTES));
      buffer.putInt(at + whole - Integer.BYTES, checksum(mended, at, whole - Integer.BYTES));
      at += whole;
    }
    return mended;
  }

  private static int checksum(final byte[] bytes, final int at, final int length) {
    final CRC32 checksum = new CRC32();
    checksum.update(bytes, at, length);
    return (int) checksum.getValue();
  }

  /**
   * A body from its text form: one message a line, {@code event-type payload} or {@code
   * !exception-type payload}.
   *
   * @param wrapped whether the payloads of events are put into Base64, as InvokeModel does, except
   *     after a {@code =}
   */
  static byte[] ofLines(final byte[] text, final boolean wrapped) {
    final ByteArrayOutputStream body = new ByteArrayOutputStream(2 * text.length + OVERHEAD);
    // One character a byte, there and back.
    for (final String line : new String(text, ISO_8859_1).split("\n", -1)) {
      if (!line.isEmpty() && line.charAt(0) != '#') {
        encode(line, wrapped, body);
      }
    }
    return body.toByteArray();
  }

  private static void encode(
      final String line, final boolean wrapped, final ByteArrayOutputStream body) {
    final boolean exception = line.charAt(0) == '!';
    final int blank = line.indexOf(' ');
    final String type = line.substring(exception ? 1 : 0, blank < 1 ? line.length() : blank);
    final String payload = blank < 1 ? "" : line.substring(blank + 1);
    final Map<String, HeaderValue> headers = new LinkedHashMap<>();
    if (!type.isEmpty()) {
      headers.put(exception ? ":exception-type" : ":event-type", HeaderValue.fromString(type));
    }
    headers.put(":message-type", HeaderValue.fromString(exception ? "exception" : "event"));
    new Message(headers, payload(payload, wrapped && !exception)).encode(body);
  }

  private static byte[] payload(final String payload, final boolean wrapped) {
    if (!wrapped) {
      return payload.getBytes(ISO_8859_1);
    }
    if (payload.startsWith("=")) {
      return payload.substring(1).getBytes(ISO_8859_1);
    }
    final String base64 = Base64.getEncoder().encodeToString(payload.getBytes(ISO_8859_1));
    return ("{\"bytes\":\"" + base64 + "\",\"p\":\"abc\"}").getBytes(ISO_8859_1);
  }
}
