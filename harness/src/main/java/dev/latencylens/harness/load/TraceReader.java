package dev.latencylens.harness.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.latencylens.harness.config.Extent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads recorded arrivals: a CSV file with a header, or a file with a JSON object a line, in UTF-8,
 * of at most {@link Extent#MOST_STARTS} rows, 512 Mi characters, and 1 Mi characters a row. Columns
 * that are not named here are ignored.
 *
 * <table>
 * <caption>Column names, which count exactly</caption>
 * <tr><th></th><th>arrival</th><th>input</th><th>output</th></tr>
 * <tr><td>our own</td><td>offset_s or offset_ms</td><td>input_tokens</td><td>output_tokens</td></tr>
 * <tr><td>BurstGPT</td><td>Timestamp (seconds)</td><td>Request tokens</td><td>Response tokens</td></tr>
 * <tr><td>Mooncake</td><td>timestamp (milliseconds)</td><td>input_length</td><td>output_length</td></tr>
 * </table>
 *
 * <p>Our own offsets count from the window's start. The others count from a moment of their own, so
 * the first row's is taken as the window's start. Times must not decrease, though several may be
 * the same: a file out of order is mostly two files in one, so it is refused and not sorted. Rows
 * of BurstGPT with 0 response tokens are requests that failed, by its README; they are skipped and
 * counted. Mooncake's {@code hash_ids} (shared prefixes) are not used.
 *
 * @see <a href="https://github.com/HPMLL/BurstGPT">BurstGPT</a>
 * @see <a href="https://github.com/kvcache-ai/Mooncake">Mooncake</a>
 */
public final class TraceReader {
  private static final long MOST_IN_ALL = 512L << 20;
  private static final long MOST_IN_ROW = 1 << 20;
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final TraceRows rows;

  private TraceReader(final TraceRows rows) {
    this.rows = rows;
  }

  /**
   * Reads a file.
   *
   * @param file named {@code *.csv}, {@code *.jsonl} or {@code *.ndjson}
   * @return the arrivals
   * @throws TraceException with all that is wrong with its content, up to 20 problems
   * @throws IOException if it can't be read
   */
  public static RecordedTrace read(final Path file) throws TraceException, IOException {
    return read(file, MOST_IN_ALL, MOST_IN_ROW);
  }

  static RecordedTrace read(final Path file, final long mostInAll, final long mostInRow)
      throws TraceException, IOException {
    final TraceRows rows = new TraceRows(file);
    final TraceReader reader = new TraceReader(rows);
    final String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      skipByteOrderMark(text);
      final BoundedReader bounded = new BoundedReader(text, mostInAll, mostInRow);
      if (name.endsWith(".csv")) {
        reader.readCsv(bounded);
      } else if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
        reader.readJsonLines(bounded);
      } else {
        rows.problem(0, "a trace is named *.csv, or *.jsonl or *.ndjson for JSON lines");
      }
    } catch (final CharacterCodingException e) {
      return rows.refuse("is not UTF-8");
    } catch (final TraceRows.FullException enough) {
      // What is wrong is thrown below.
    }
    return rows.trace();
  }

  private static void skipByteOrderMark(final BufferedReader text) throws IOException {
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
  }

  private void readCsv(final BoundedReader text) throws IOException, TraceRows.FullException {
    // Empty lines count, so that line numbers are right.
    final CSVFormat format =
        CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).setTrim(true).get();
    long line = 0;
    try (CSVParser parser = CSVParser.builder().setReader(text).setFormat(format).get()) {
      final Iterator<CSVRecord> records = parser.iterator();
      CsvPlaces places = CsvPlaces.NONE;
      while (true) {
        line = parser.getCurrentLineNumber() + 1;
        if (!records.hasNext()) {
          return;
        }
        final CSVRecord fields = records.next();
        text.rowEnds();
        final boolean empty = fields.size() == 1 && fields.get(0).isEmpty();
        if (!empty && places.columns().isEmpty()) {
          places = header(line, List.of(fields.values()));
        } else if (!empty) {
          csvRow(line, places, fields);
        }
      }
    } catch (final UncheckedIOException e) {
      final IOException cause = e.getCause();
      unreadable(line, cause == null ? new IOException(e) : cause);
    } catch (final IOException e) {
      unreadable(line, e);
    }
  }

  private record CsvPlaces(List<TraceColumns> columns, int when, int input, int output) {
    static final CsvPlaces NONE = new CsvPlaces(List.of(), 0, 0, 0);

    int last() {
      return Math.max(when, Math.max(input, output));
    }
  }

  private CsvPlaces header(final long line, final List<String> names)
      throws TraceRows.FullException {
    final TraceColumns columns = columns(line, names);
    return new CsvPlaces(
        List.of(columns),
        names.indexOf(columns.time().name()),
        names.indexOf(columns.input()),
        names.indexOf(columns.output().name()));
  }

  private TraceColumns columns(final long line, final List<String> names)
      throws TraceRows.FullException {
    final List<String> wrong = new ArrayList<>();
    final List<TraceColumns> columns = TraceColumns.among(names, wrong);
    for (final String message : wrong) {
      rows.problem(line, message);
    }
    if (columns.isEmpty()) {
      throw new TraceRows.FullException();
    }
    return columns.get(0);
  }

  private void csvRow(final long line, final CsvPlaces places, final CSVRecord fields)
      throws TraceRows.FullException {
    if (fields.size() <= places.last()) {
      rows.problem(line, "has " + fields.size() + " fields, and needs " + (places.last() + 1));
      return;
    }
    rows.row(
        line,
        places.columns().get(0),
        fields.get(places.when()),
        fields.get(places.input()),
        fields.get(places.output()));
  }

  private void readJsonLines(final BoundedReader text) throws IOException, TraceRows.FullException {
    long line = 1;
    try (BufferedReader lines = new BufferedReader(text)) {
      List<TraceColumns> columns = List.of();
      String json;
      while ((json = lines.readLine()) != null) {
        text.rowEnds();
        if (!json.isBlank()) {
          final Map<String, String> numbers = numbers(line, json);
          if (columns.isEmpty() && !numbers.isEmpty()) {
            columns = List.of(columns(line, List.copyOf(numbers.keySet())));
          }
          if (!numbers.isEmpty()) {
            jsonRow(line, columns.get(0), numbers);
          }
        }
        line++;
      }
    } catch (final IOException e) {
      unreadable(line, e);
    }
  }

  private void jsonRow(
      final long line, final TraceColumns columns, final Map<String, String> numbers)
      throws TraceRows.FullException {
    final List<String> needed =
        List.of(columns.time().name(), columns.input(), columns.output().name());
    for (final String name : needed) {
      if (!numbers.containsKey(name)) {
        rows.problem(line, "needs a number " + name + ", as the first line has");
        return;
      }
    }
    rows.row(
        line,
        columns,
        numbers.getOrDefault(needed.get(0), ""),
        numbers.getOrDefault(needed.get(1), ""),
        numbers.getOrDefault(needed.get(2), ""));
  }

  /** The numbers of an object as they were written; empty if something is wrong with it. */
  private Map<String, String> numbers(final long line, final String json)
      throws IOException, TraceRows.FullException {
    final Map<String, String> numbers = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        rows.problem(line, "must be a JSON object");
        return Map.of();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        final String name = parser.currentName();
        final JsonToken value = parser.nextToken();
        if (value.isNumeric()) {
          numbers.put(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        rows.problem(line, "has something after its JSON object");
        return Map.of();
      }
    } catch (final JsonProcessingException e) {
      rows.problem(line, "is no JSON: " + e.getOriginalMessage());
      return Map.of();
    }
    if (numbers.isEmpty()) {
      rows.problem(line, "has no numbers");
    }
    return numbers;
  }

  private void unreadable(final long line, final IOException cause)
      throws IOException, TraceRows.FullException {
    if (cause instanceof BoundedReader.PassedException) {
      rows.problem(line, String.valueOf(cause.getMessage()));
    } else if (cause instanceof CSVException) {
      rows.problem(line, "is no CSV: a quote must be closed, and doubled within quotes");
    } else {
      throw cause;
    }
  }
}
