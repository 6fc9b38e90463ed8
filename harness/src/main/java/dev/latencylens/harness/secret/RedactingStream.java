package dev.latencylens.harness.secret;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A stream of text in UTF-8 whose lines pass the {@link Redactor}. A line goes out when it ends, or
 * when the stream is flushed. Thread-safe.
 */
public final class RedactingStream extends FilterOutputStream {
  private static final int LONGEST_LINE = 1 << 20;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private RedactingStream(final OutputStream target) {
    super(target);
  }

  /**
   * Wraps a stream.
   *
   * @param target where redacted text goes
   * @return prints in UTF-8; what has no line end yet goes out when it is flushed
   */
  public static PrintStream around(final OutputStream target) {
    // Flushing by itself, it would send pieces of a line, and a key may stand across two of them.
    return new PrintStream(new RedactingStream(target), false, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(final int each) throws IOException {
    line.write(each);
    if (each == '\n' || line.size() >= LONGEST_LINE) {
      send();
    }
  }

  @Override
  public synchronized void write(final byte[] bytes, final int offset, final int length)
      throws IOException {
    for (int i = offset; i < offset + length; i++) {
      write(bytes[i]);
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    // A progress line has no end yet.
    send();
  }

  private void send() throws IOException {
    if (line.size() > 0) {
      final String text = line.toString(StandardCharsets.UTF_8);
      line.reset();
      out.write(Redactor.redact(text).getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }
}
