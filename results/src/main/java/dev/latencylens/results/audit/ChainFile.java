package dev.latencylens.results.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.results.run.PrivateFiles;
import dev.latencylens.results.run.RunFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file of chained lines to which several processes append. A batch is appended under a lock and
 * with one write; a process that is killed in it leaves whole lines and at most one that is torn.
 * Who appends next ends the torn line, and states its length and hash in the line that follows.
 * Safe for use by several threads and processes.
 */
final class ChainFile {
  /** Held with the file's lock: the operating system's locks are a process's, not a thread's. */
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private static final int TAIL_BYTES = 2 * ChainedLine.LONGEST;

  private final Path file;
  private Tail known = Tail.EMPTY;

  ChainFile(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /**
   * Appends lines.
   *
   * @return where the chain ends now
   * @throws RunFormatException if the file is no chain, or was cut since this object wrote to it
   * @throws IOException if the lines can't be written
   */
  Tail append(List<ObjectNode> contents) throws IOException {
    return locked(() -> appendLocked(contents));
  }

  private Tail appendLocked(List<ObjectNode> contents) throws IOException {
    Tail tail = findTail();
    long seq = tail.seq();
    String hash = tail.hash();
    Optional<ChainedLine.Torn> torn = tail.torn();
    ByteArrayOutputStream batch = new ByteArrayOutputStream();
    if (torn.isPresent()) {
      batch.write('\n');
    }
    for (ObjectNode content : contents) {
      seq++;
      ChainedLine.Written line = ChainedLine.write(seq, hash, torn, content);
      batch.writeBytes(line.text().getBytes(StandardCharsets.US_ASCII));
      hash = line.hash();
      torn = Optional.empty();
    }
    try (FileChannel channel = PrivateFiles.openToAppend(file)) {
      ByteBuffer bytes = ByteBuffer.wrap(batch.toByteArray());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
    known = new Tail(seq, hash, Optional.empty(), tail.size() + batch.size());
    return known;
  }

  /**
   * Where the chain ends; its lines are on the disk when this returns.
   *
   * @return {@link Tail#EMPTY} if there is no line
   */
  Tail tail() throws IOException {
    return locked(
        () -> {
          Tail tail = findTail();
          if (tail.size() > 0) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
              channel.force(true);
            }
          }
          return tail;
        });
  }

  private Tail findTail() throws IOException {
    if (Files.isSymbolicLink(file)) {
      throw new RunFormatException(file + " is a symbolic link; an audit log is none");
    }
    long size = Files.exists(file) ? Files.size(file) : 0;
    if (size < known.size()) {
      throw new RunFormatException(
          file + " became shorter while it was written to: somebody cut or removed it");
    }
    return size == known.size() ? known : readTail(size);
  }

  /** Goes back to the last line that holds; verification tells of what was passed over. */
  private Tail readTail(long size) throws IOException {
    byte[] end = new byte[(int) Math.min(size, TAIL_BYTES)];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.wrap(end);
      channel.position(size - end.length);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // Until the buffer is full.
      }
    }
    int lineEnd = lastLineEnd(end, end.length);
    byte[] rest = Arrays.copyOfRange(end, lineEnd + 1, end.length);
    Optional<ChainedLine.Torn> torn =
        rest.length == 0 ? Optional.empty() : Optional.of(ChainedLine.Torn.of(rest));
    while (lineEnd >= 0) {
      int before = lastLineEnd(end, lineEnd);
      Optional<ChainedLine> line =
          ChainedLine.read(Arrays.copyOfRange(end, before + 1, lineEnd)).filter(ChainedLine::holds);
      if (line.isPresent()) {
        return new Tail(line.get().seq(), line.get().hash(), torn, size);
      }
      lineEnd = before;
    }
    if (rest.length == size) {
      return new Tail(0, ChainedLine.NONE, torn, size);
    }
    throw new RunFormatException(
        file + " has no intact line at its end, so that nothing can be appended; move it away");
  }

  private static int lastLineEnd(byte[] bytes, int before) {
    int at = before - 1;
    while (at >= 0 && bytes[at] != '\n') {
      at--;
    }
    return at;
  }

  private <T> T locked(Work<T> work) throws IOException {
    // Not the file itself: POSIX gives a process's lock up when any of its descriptors of the file
    // is closed, and others may read the log meanwhile.
    Path lock = file.resolveSibling("." + file.getFileName() + ".lock");
    IN_THIS_PROCESS.lock();
    try (FileChannel channel = PrivateFiles.openToAppend(lock)) {
      channel.lock();
      return work.run();
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }

  /** What is done under the lock. */
  private interface Work<T> {
    T run() throws IOException;
  }

  /**
   * The end of a chain.
   *
   * @param seq the number of the last line; 0 if there is none
   * @param hash its hash
   * @param torn what a killed process left after it
   * @param size the size of the file in bytes
   */
  record Tail(long seq, String hash, Optional<ChainedLine.Torn> torn, long size) {
    static final Tail EMPTY = new Tail(0, ChainedLine.NONE, Optional.empty(), 0);
  }
}
