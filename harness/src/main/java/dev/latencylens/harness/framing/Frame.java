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
  private String name = "";
  private boolean exception;

  Frame() {}

  void set(final byte[] bytes, final int offset, final int length, final long endOffset) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
    this.endOffset = endOffset;
  }

  void name(final String newName, final boolean isException) {
    name = newName;
    exception = isException;
  }

  /**
   * A frame that came inside this one, for services that wrap the events of another API: it was
   * complete when this one was.
   *
   * @param payload its payload; not copied
   * @return a new frame without a name
   */
  public Frame unwrapped(final byte[] payload) {
    final Frame inner = new Frame();
    inner.set(payload, 0, payload.length, endOffset);
    return inner;
  }

  /**
   * The event's name in the framing itself.
   *
   * @return the AWS event stream's {@code :event-type} or {@code :exception-type}; empty where the
   *     framing has none, and for SSE, whose names the payloads repeat
   */
  public String name() {
    return name;
  }

  /**
   * Whether the framing marks this as an error: the AWS event stream's exceptions and errors.
   *
   * @return false for an event
   */
  public boolean exception() {
    return exception;
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
