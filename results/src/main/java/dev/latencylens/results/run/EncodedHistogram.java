package dev.latencylens.results.run;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.HdrHistogram.Histogram;

/**
 * A histogram in HdrHistogram's V2 compressed encoding, as Base64
 * (https://github.com/HdrHistogram/HdrHistogram, {@code AbstractHistogram}: cookie, length,
 * deflated header and counts). HdrHistogram makes room for whatever the header claims, 40 MB for a
 * few bytes; so the header is looked at first.
 */
final class EncodedHistogram {
  private static final int COMPRESSED_V2 = 0x1c849314;
  private static final int PLAIN_V2 = 0x1c849313;
  private static final int HEADER_BYTES = 40;
  private static final int OFFSET_AT = 8;
  private static final int DIGITS_AT = 12;

  private EncodedHistogram() {}

  /**
   * Decodes a histogram of as many digits as this suite writes, which takes half a megabyte at
   * most.
   *
   * @throws RunFormatException if the text is anything else
   */
  static Histogram decode(String text) throws RunFormatException {
    try {
      return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(checked(text)), 0);
    } catch (DataFormatException | RuntimeException e) {
      throw new RunFormatException("this is not an encoded histogram", e);
    }
  }

  /**
   * Makes sure that a histogram takes no more memory than that, for readers of whole logs.
   *
   * @throws RunFormatException if the text is anything else
   */
  static void requireSmall(String text) throws RunFormatException {
    try {
      checked(text);
    } catch (DataFormatException | RuntimeException e) {
      throw new RunFormatException("this is not an encoded histogram", e);
    }
  }

  private static byte[] checked(String text) throws RunFormatException, DataFormatException {
    byte[] bytes = Base64.getDecoder().decode(text);
    ByteBuffer header = ByteBuffer.wrap(header(bytes));
    if (ByteBuffer.wrap(bytes).getInt() != COMPRESSED_V2 || header.getInt() != PLAIN_V2) {
      throw new RunFormatException("the histogram is in another encoding than V2");
    }
    // With an offset that fits nothing, reading a quantile fails long after this.
    if (header.getInt(OFFSET_AT) != 0 || header.getInt(DIGITS_AT) != HistogramLog.DIGITS) {
      throw new RunFormatException(
          "the histogram is shifted, or has other than "
              + HistogramLog.DIGITS
              + " significant digits");
    }
    return bytes;
  }

  private static byte[] header(byte[] bytes) throws RunFormatException, DataFormatException {
    int before = 2 * Integer.BYTES;
    byte[] header = new byte[HEADER_BYTES];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(bytes, before, bytes.length - before);
      if (inflater.inflate(header) < HEADER_BYTES) {
        throw new RunFormatException("the histogram's header is cut off");
      }
    } finally {
      inflater.end();
    }
    return header;
  }
}
