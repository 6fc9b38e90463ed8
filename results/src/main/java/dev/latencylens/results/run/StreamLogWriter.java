package dev.latencylens.results.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Appends to {@code streams.jsonl}, each line with one write, so that a killed run loses at most
 * the line it was writing. Safe for use by several threads; two processes must not write at once,
 * though one may go on after another.
 */
public final class StreamLogWriter implements Closeable {
  private final LineLog log;

  private StreamLogWriter(LineLog log) {
    this.log = log;
  }

  static StreamLogWriter open(Path file) throws IOException {
    return new StreamLogWriter(LineLog.open(file));
  }

  /**
   * Appends a stream's line. When it returns, the line is the operating system's to keep: it
   * outlives this process.
   *
   * @param line the stream
   * @throws IOException if the line can't be written whole
   */
  public void write(StreamLine line) throws IOException {
    log.write(StreamLineJson.write(line));
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
