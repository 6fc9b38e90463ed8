package dev.latencylens.harness.framing;

/**
 * One frame of a stream, as a view that its decoder reuses: valid during the call that passes it
 * on. Not thread-safe.
 */
public final class Frame {
  private byte[] bytes = new byte[0];
  private int offset;
  private int length;
  private long endOffset;

  Frame() {}

  void set(final byte[] bytes, final int offset, final int length, final long endOffset) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
    this.endOffset = endOffset;
  }

  /**
   * The array that holds the payload.
   *
   * @return a shared array: read {@link #length()} bytes from {@link #offset()}, write nothing
   */
  public byte[] bytes() {
    return bytes;
  }

  /**
   * Where the payload begins in {@link #bytes()}.
   *
   * @return an index
   */
  public int offset() {
    return offset;
  }

  /**
   * How long the payload is.
   *
   * @return bytes, from 0
   */
  public int length() {
    return length;
  }

  /**
   * How many bytes of the body had been consumed once this frame was complete: the read that holds
   * the byte before this offset is the one that completed it.
   *
   * @return a byte count from the start of the body, at least 1
   */
  public long endOffset() {
    return endOffset;
  }
}
