package dev.latencylens.harness.load;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Ends the reading of a file that is too long, or of a row that does not end, whatever the parser
 * above keeps in memory.
 */
final class BoundedReader extends FilterReader {
  /** Read ahead by parsers: their buffers, and then some. */
  private static final long READ_AHEAD = 64 << 10;

  private final long mostInAll;
  private final long mostInRow;
  private long inAll;
  private long inRow;

  /** Thrown where a bound is passed. */
  static final class PassedException extends IOException {
    private static final long serialVersionUID = 1L;

    PassedException(final String message) {
      super(message);
    }
  }

  BoundedReader(final Reader in, final long mostInAll, final long mostInRow) {
    super(in);
    this.mostInAll = mostInAll;
    this.mostInRow = mostInRow;
  }

  /** A row was read whole. */
  void rowEnds() {
    inRow = 0;
  }

  @Override
  public int read() throws IOException {
    final int one = super.read();
    count(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(final char[] target, final int offset, final int length) throws IOException {
    final int count = super.read(target, offset, length);
    count(Math.max(0, count));
    return count;
  }

  private void count(final int read) throws PassedException {
    inAll += read;
    inRow += read;
    if (inAll > mostInAll) {
      throw new PassedException(
          "the file has more than " + mostInAll + " characters: cut it to what is to be replayed");
    }
    if (inRow > mostInRow + READ_AHEAD) {
      throw new PassedException(
          "a row has more than " + mostInRow + " characters: is a quote missing?");
    }
  }
}
