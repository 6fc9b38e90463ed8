package dev.latencylens.results.history;

import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.table.CsvSummary;
import dev.latencylens.results.table.Dimension;
import dev.latencylens.results.table.SafeText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A published copy of a run.
 *
 * @param name the release's name
 * @param run the directory of the copy
 * @param manifest its manifest
 * @param rows the rows of its table, one for each cell of the manifest
 */
public record Release(String name, RunDirectory run, Manifest manifest, List<ReleaseRow> rows) {
  /** What the note of the manifest begins with that tells of objections which were overridden. */
  public static final String FORCED = "Published with --force: ";

  private static final long LONGEST_TABLE = 1 << 24;

  /** Copies the list. */
  public Release {
    rows = List.copyOf(rows);
  }

  /**
   * Reads a release.
   *
   * @param directory its directory, whose name is the release's
   * @return the release
   * @throws RunFormatException if it is none, or is not as it was published
   * @throws IOException if a file can't be read
   */
  public static Release read(Path directory) throws IOException {
    Checksums.verify(directory);
    return read(directory, directory.getFileName().toString());
  }

  /**
   * Reads a release that was just written, under the name that it will have.
   *
   * @param directory where it is now
   * @param name the release's name
   * @return the release
   * @throws RunFormatException if its manifest or its table is damaged
   * @throws IOException if a file can't be read
   */
  public static Release read(Path directory, String name) throws IOException {
    RunDirectory run = RunDirectory.open(directory);
    Manifest manifest = run.manifest();
    Path table = directory.resolve(RunDirectory.Table.CSV.fileName());
    List<ReleaseRow> rows = new ArrayList<>();
    try {
      if (Files.size(table) > LONGEST_TABLE) {
        throw new IllegalArgumentException("no table of cells is as long");
      }
      for (CSVRecord record : records(table)) {
        rows.add(row(manifest.cells().get(rows.size()), record));
      }
      if (rows.size() < manifest.cells().size()) {
        throw new IllegalArgumentException("a cell has no row");
      }
    } catch (RuntimeException | IOException e) {
      throw new RunFormatException(
          table + " can't be read as the table of its manifest; restore it, such as with git", e);
    }
    return new Release(name, run, manifest, rows);
  }

  private static List<CSVRecord> records(Path table) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(table, StandardCharsets.UTF_8, format)) {
      return parser.getRecords();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static ReleaseRow row(Cell cell, CSVRecord record) {
    Map<String, String> values = record.toMap();
    for (Dimension dimension : Dimension.values()) {
      if (!SafeText.forCsv(dimension.of(cell)).equals(values.get(dimension.column()))) {
        throw new IllegalArgumentException("a row is of another cell");
      }
    }
    return ReleaseRow.of(cell, values, values.getOrDefault(CsvSummary.NOTES, ""));
  }

  /**
   * The day on which it was measured.
   *
   * @return in UTC
   */
  public LocalDate date() {
    return LocalDate.ofInstant(manifest.started(), ZoneOffset.UTC);
  }

  /**
   * What a reader must know of all its numbers.
   *
   * @return such as {@code simulated}; raw text, and mostly nothing
   */
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (manifest.simulated()) {
      remarks.add("simulated");
    }
    for (String note : manifest.notes()) {
      if (note.startsWith(FORCED)) {
        remarks.add("forced: " + note.substring(FORCED.length()));
      }
    }
    return remarks;
  }
}
