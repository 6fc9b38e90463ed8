package dev.latencylens.results.run;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * The text form of one stream's gaps: HdrHistogram's V2 compressed encoding in Base64, as in its
 * logs.
 */
public final class EncodedGaps {
  private EncodedGaps() {}

  /**
   * Writes a histogram as text.
   *
   * @param histogram the gaps in nanoseconds
   * @return Base64 on one line
   */
  public static String encode(AbstractHistogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  /**
   * Reads a histogram from text.
   *
   * @param text what {@link #encode} made
   * @return the gaps in nanoseconds
   * @throws RunFormatException if the text is anything else
   */
  public static Histogram decode(String text) throws RunFormatException {
    try {
      return EncodedHistogram.decode(text);
    } catch (RunFormatException e) {
      throw new RunFormatException("a stream's gaps are not an encoded histogram", e);
    }
  }
}
