package dev.latencylens.results.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the lines of some cells out of a file of JSON Lines that name their cell, such as {@code
 * streams.jsonl}, and leaves the others byte by byte.
 */
final class LinesByCell {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int LONGEST_LINE_BYTES = 1 << 24;

  private LinesByCell() {}

  /** How many readable lines are of these cells. */
  static long count(Path file, Set<String> cells) throws IOException {
    long[] count = {0};
    each(
        file,
        (bytes, cell) -> {
          if (cell.filter(cells::contains).isPresent()) {
            count[0]++;
          }
        });
    return count[0];
  }

  /** Rewrites the file without these cells, and without what can't be read: it may be theirs. */
  static void remove(Path file, Set<String> cells) throws IOException {
    if (!Files.exists(file) || cells.isEmpty()) {
      return;
    }
    PrivateFiles.replace(
        file,
        out ->
            each(
                file,
                (bytes, cell) -> {
                  if (cell.isPresent() && !cells.contains(cell.get())) {
                    out.write(bytes);
                    out.write('\n');
                  }
                }));
  }

  private static void each(Path file, Line line) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
      int next = in.read();
      while (next >= 0) {
        bytes.reset();
        for (; next >= 0 && next != '\n'; next = in.read()) {
          if (bytes.size() <= LONGEST_LINE_BYTES) {
            bytes.write(next);
          }
        }
        byte[] whole = bytes.toByteArray();
        line.accept(whole, cell(whole));
        next = next < 0 ? next : in.read();
      }
    }
  }

  private static Optional<String> cell(byte[] line) {
    if (line.length > LONGEST_LINE_BYTES) {
      return Optional.empty();
    }
    Optional<String> cell = Optional.empty();
    try (JsonParser json = FACTORY.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isCell = json.currentName().equals("cell");
        if (json.nextToken() == JsonToken.VALUE_STRING && isCell) {
          cell = Optional.of(json.getText());
        }
        json.skipChildren();
      }
      return json.currentToken() == JsonToken.END_OBJECT ? cell : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Takes a line without its end, and the cell that it is of, where it can be read. */
  private interface Line {
    void accept(byte[] bytes, Optional<String> cell) throws IOException;
  }
}
