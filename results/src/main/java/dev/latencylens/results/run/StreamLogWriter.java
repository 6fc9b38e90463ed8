package dev.latencylens.results.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends to {@code streams.jsonl}, each line with one write, so that a killed run loses at most
 * the line it was writing. Safe for use by several threads; two processes must not write at once,
 * though one may go on after another.
 */
public final class StreamLogWriter implements Closeable {
  private final FileChannel channel;

  private StreamLogWriter(FileChannel channel) {
    this.channel = channel;
  }

  static StreamLogWriter open(Path file) throws IOException {
    boolean torn = endsWithinLine(file);
    FileChannel channel = PrivateFiles.openToAppend(file);
    try {
      if (torn) {
        // Else the first new line would be lost together with the one that a killed process left.
        channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
      }
      return new StreamLogWriter(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean endsWithinLine(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.read(last, channel.size() - 1);
      return last.get(0) != '\n';
    }
  }

  /**
   * Appends a stream's line. When it returns, the line is the operating system's to keep: it
   * outlives this process.
   *
   * @param line the stream
   * @throws IOException if the line can't be written whole
   */
  public void write(StreamLine line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(StreamLineJson.write(line));
    synchronized (this) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }
}
