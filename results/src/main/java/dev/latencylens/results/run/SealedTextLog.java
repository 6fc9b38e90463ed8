package dev.latencylens.results.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Appends to a round's file under {@code texts/}. Safe for use by several threads, and one process
 * at a time.
 */
public final class SealedTextLog implements Closeable {
  private final LineLog log;

  private SealedTextLog(LineLog log) {
    this.log = log;
  }

  static SealedTextLog open(Path file) throws IOException {
    return new SealedTextLog(LineLog.open(file));
  }

  /**
   * Appends a text.
   *
   * @param text the text, already encrypted
   * @throws IOException if the line can't be written whole
   */
  public void write(SealedText text) throws IOException {
    log.write(RunJson.line(text));
  }

  @Override
  public void close() throws IOException {
    log.close();
  }

  /** Reads all logs under a directory; a damaged line, as a killed run may leave, is left out. */
  static List<SealedText> readAll(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<SealedText> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory, 2)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        read(file, texts);
      }
    }
    return texts;
  }

  private static void read(Path file, List<SealedText> into) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        try {
          into.add(RunJson.read(line, SealedText.class));
        } catch (JsonProcessingException damaged) {
          // Its seal would not open either.
        }
      }
    }
  }
}
