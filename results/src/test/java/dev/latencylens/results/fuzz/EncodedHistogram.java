package dev.latencylens.results.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.zip.Deflater;

/**
 * Packs the inner bytes of a histogram as HdrHistogram's V2 encoding does, as no fuzzer gets
 * through the compression by chance.
 */
final class EncodedHistogram {
  private static final int PLAIN_COOKIE = 0x1c849313;
  private static final int COMPRESSED_COOKIE = 0x1c849314;
  private static final int MARK = PLAIN_COOKIE >>> 24;

  private EncodedHistogram() {}

  /** Whether an input is the inner bytes of a histogram, and not text. */
  static boolean isPlain(final byte[] input) {
    return input.length > 0 && input[0] == MARK;
  }

  /** The text form of inner bytes. */
  static String text(final byte[] plain) {
    final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(plain);
      deflater.finish();
      final byte[] compressed = new byte[2 * plain.length + 64];
      final int length = deflater.deflate(compressed);
      final ByteArrayOutputStream bytes = new ByteArrayOutputStream(length + 2 * Integer.BYTES);
      writeInt(bytes, COMPRESSED_COOKIE);
      writeInt(bytes, length);
      bytes.write(compressed, 0, length);
      return Base64.getEncoder().encodeToString(bytes.toByteArray());
    } finally {
      deflater.end();
    }
  }

  /** A log with some lines of that histogram, as many as the input's last byte says. */
  static byte[] logOf(final String text, final byte[] input) {
    final StringBuilder log = new StringBuilder("#[Histogram log format version 1.3]\n");
    final int lines = 1 + (input[input.length - 1] & 3);
    for (int i = 0; i < lines; i++) {
      log.append("Tag=").append(i % 2 == 0 ? "instrument_error" : "gap").append(",0.0,1.0,1.0,");
      log.append(text).append('\n');
    }
    return log.toString().getBytes(ISO_8859_1);
  }

  private static void writeInt(final ByteArrayOutputStream bytes, final int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes.write(value >>> shift);
    }
  }
}
