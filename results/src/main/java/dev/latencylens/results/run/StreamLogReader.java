package dev.latencylens.results.run;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads {@code streams.jsonl} line by line, in constant memory. What can't be used is skipped and
 * told in {@link #warnings()}: damaged lines, and lines of rounds that are not finished. For one
 * thread.
 */
public final class StreamLogReader implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int LONGEST_LINE_BYTES = 1 << 24;

  private final InputStream in;
  private final String fileName;
  private final Map<Integer, String> cellByRound;
  private final Map<Integer, Long> skippedByRound = new TreeMap<>();
  private byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int filled;
  private boolean ended;
  private long lineNumber;
  private long damaged;
  private long firstDamaged;
  private boolean lastLineCut;

  private StreamLogReader(InputStream in, String fileName, Map<Integer, String> cellByRound) {
    this.in = in;
    this.fileName = fileName;
    this.cellByRound = cellByRound;
  }

  static StreamLogReader open(Path file, Map<Integer, String> cellByRound) throws IOException {
    InputStream in =
        Files.exists(file) ? Files.newInputStream(file) : InputStream.nullInputStream();
    return new StreamLogReader(in, file.getFileName().toString(), Map.copyOf(cellByRound));
  }

  /**
   * The next usable line.
   *
   * @return the line, or empty at the file's end
   * @throws IOException if the file can't be read, or holds a line of more than 16 MiB
   */
  public Optional<StreamLine> next() throws IOException {
    while (true) {
      int length = findLine();
      if (length < 0) {
        return Optional.empty();
      }
      int start = position;
      boolean whole = start + length < filled;
      position += whole ? length + 1 : length;
      lineNumber++;
      Optional<StreamLine> line = length == 0 ? Optional.empty() : parse(start, length, whole);
      if (line.isPresent()) {
        return line;
      }
    }
  }

  private Optional<StreamLine> parse(int start, int length, boolean whole) {
    StreamLine line;
    try {
      line = StreamLineJson.read(buffer, start, length);
    } catch (IOException e) {
      if (whole) {
        firstDamaged = damaged == 0 ? lineNumber : firstDamaged;
        damaged++;
      } else {
        lastLineCut = true;
      }
      return Optional.empty();
    }
    if (!line.cell().equals(cellByRound.get(line.round()))) {
      skippedByRound.merge(line.round(), 1L, Long::sum);
      return Optional.empty();
    }
    return Optional.of(line);
  }

  /** The length of the line at {@code position}, without its end; -1 after the last. */
  private int findLine() throws IOException {
    int scanned = position;
    while (true) {
      for (; scanned < filled; scanned++) {
        if (buffer[scanned] == '\n') {
          return scanned - position;
        }
      }
      if (ended) {
        return position == filled ? -1 : filled - position;
      }
      scanned -= position;
      refill();
      scanned += position;
    }
  }

  private void refill() throws IOException {
    int kept = filled - position;
    if (kept >= LONGEST_LINE_BYTES) {
      throw new RunFormatException(
          fileName + " is damaged (line " + (lineNumber + 1) + " does not end)");
    }
    byte[] target = kept > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
    System.arraycopy(buffer, position, target, 0, kept);
    buffer = target;
    position = 0;
    filled = kept;
    int count = in.read(buffer, filled, buffer.length - filled);
    if (count < 0) {
      ended = true;
    } else {
      filled += count;
    }
  }

  /**
   * What was skipped so far; complete once {@link #next()} returned empty.
   *
   * @return one sentence for each kind of thing that was skipped
   */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (damaged > 0) {
      warnings.add(
          fileName
              + ": left out "
              + count(damaged, "damaged line")
              + ", first line "
              + firstDamaged);
    }
    if (lastLineCut) {
      warnings.add(fileName + ": left out the last line, which is not whole");
    }
    skippedByRound.forEach(
        (round, lines) ->
            warnings.add(
                fileName
                    + ": left out "
                    + count(lines, "line")
                    + " of round "
                    + round
                    + ", which is not finished"));
    return warnings;
  }

  private static String count(long n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
