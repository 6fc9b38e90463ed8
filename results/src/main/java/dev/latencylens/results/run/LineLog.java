package dev.latencylens.results.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that grows line by line, each with one write, so that a killed process loses at most the
 * line it was writing. Safe for use by several threads; two processes must not write at once,
 * though one may go on after another.
 */
final class LineLog implements Closeable {
  private final FileChannel channel;

  private LineLog(FileChannel channel) {
    this.channel = channel;
  }

  static LineLog open(Path file) throws IOException {
    boolean torn = endsWithinLine(file);
    FileChannel channel = PrivateFiles.openToAppend(file);
    try {
      if (torn) {
        // Else the first new line would be lost together with the one that a killed process left.
        channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
      }
      return new LineLog(channel);
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

  /** Appends a line, its line end included. */
  synchronized void write(byte[] line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(line);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }
}
