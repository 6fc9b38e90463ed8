package dev.latencylens.results.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a file line by line as bytes; of a line that is too long it keeps only the beginning. */
final class LineReader implements Closeable {
  private final InputStream in;

  private LineReader(InputStream in) {
    this.in = in;
  }

  static LineReader open(Path file) throws IOException {
    return new LineReader(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
  }

  /** The next line, or empty at the end of the file. */
  Optional<Line> next() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    long length = 0;
    int next;
    while ((next = in.read()) >= 0) {
      if (next == '\n') {
        return Optional.of(new Line(bytes.toByteArray(), true));
      }
      length++;
      if (length <= ChainedLine.LONGEST + 1L) {
        bytes.write(next);
      }
    }
    return length == 0 ? Optional.empty() : Optional.of(new Line(bytes.toByteArray(), false));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** A line: its bytes without the line end, and whether it has one. */
  static final class Line {
    private final byte[] bytes;
    private final boolean ended;

    private Line(byte[] bytes, boolean ended) {
      this.bytes = bytes;
      this.ended = ended;
    }

    byte[] bytes() {
      return bytes;
    }

    boolean ended() {
      return ended;
    }
  }
}
