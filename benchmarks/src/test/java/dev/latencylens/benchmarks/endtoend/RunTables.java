package dev.latencylens.benchmarks.endtoend;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a run directory as someone would who has only its documentation. */
final class RunTables {
  private RunTables() {}

  /** The rows of {@code summary.csv} by target. */
  static Map<String, CSVRecord> rowsByTarget(final Path run) throws IOException {
    final CSVFormat format =
        CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(run.resolve("summary.csv"));
        CSVParser rows = CSVParser.parse(reader, format)) {
      return rows.stream().collect(Collectors.toMap(row -> row.get("target"), row -> row));
    }
  }

  /** One target's row of {@code summary.csv}. */
  static CSVRecord row(final Path run, final String target) throws IOException {
    return Optional.ofNullable(rowsByTarget(run).get(target)).orElseThrow();
  }

  /** The finished rounds' files. */
  static List<Path> rounds(final Path run) throws IOException {
    final Path rounds = run.resolve("rounds");
    if (!Files.isDirectory(rounds)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(rounds)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[0-9]+\\.json"))
          .sorted()
          .toList();
    }
  }

  /** How many streams have been written down. */
  static long streams(final Path run) throws IOException {
    final Path streams = run.resolve("streams.jsonl");
    if (!Files.exists(streams)) {
      return 0;
    }
    return Files.readString(streams, StandardCharsets.UTF_8)
        .chars()
        .filter(character -> character == '\n')
        .count();
  }
}
