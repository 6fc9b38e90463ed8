package dev.latencylens.results.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One run on disk. Every file is written whole and renamed into place, except {@code
 * streams.jsonl}, which grows line by line; directories and files are their owner's alone where the
 * file system can say so. Safe for use by several threads as long as no two write the same file.
 */
public final class RunDirectory {
  /** The file by which a published copy of a run is known: the checksums of all other files. */
  public static final String CHECKSUMS = "SHA256SUMS";

  static final String MANIFEST = "manifest.json";
  static final String ROUNDS = "rounds";
  static final String HISTOGRAMS = "histograms";
  static final String STREAMS = "streams.jsonl";
  static final String JMH = "jmh.json";
  static final String TIMELINES = "timelines";
  static final String TEXTS = "texts";
  static final String REPORT = "report.html";

  private final Path path;

  private RunDirectory(Path path) {
    this.path = path;
  }

  /**
   * Makes the directory of a new run, and those above it that are missing.
   *
   * @param path where; nothing may be there but an empty directory
   * @return the directory; it is no readable run until {@link #writeManifest} was called
   * @throws RunFormatException if something is there already
   * @throws IOException if the directory can't be made
   */
  public static RunDirectory create(Path path) throws IOException {
    if (Files.exists(path.resolve(MANIFEST))) {
      throw new RunFormatException(
          path + " already holds a run; name another directory, or move that one away");
    }
    if (Files.isDirectory(path)) {
      try (Stream<Path> content = Files.list(path)) {
        if (content.findAny().isPresent()) {
          throw new RunFormatException(
              path + " is not empty; name a directory that is new or empty");
        }
      }
    } else if (Files.exists(path)) {
      throw new RunFormatException(path + " is a file; name a directory that is new or empty");
    }
    createParents(path);
    PrivateFiles.createDirectory(path);
    PrivateFiles.createDirectory(path.resolve(ROUNDS));
    PrivateFiles.createDirectory(path.resolve(HISTOGRAMS));
    return new RunDirectory(path);
  }

  private static void createParents(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      try {
        Files.createDirectories(parent);
      } catch (FileAlreadyExistsException e) {
        throw new RunFormatException(
            path + " can't be made: " + e.getFile() + " is a file, not a directory", e);
      }
    }
  }

  /**
   * Opens a run that is there, whether it is still running, killed or done.
   *
   * @param path the run directory
   * @return the directory
   * @throws RunFormatException if it is not a run, or its manifest can't be read by this version
   * @throws IOException if the file system fails
   */
  public static RunDirectory open(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      throw new RunFormatException(
          path
              + " is not a directory; name the directory of a run, such as results/runs/<time>-<name>");
    }
    if (!Files.isRegularFile(path.resolve(MANIFEST))) {
      throw new RunFormatException(
          path + " is not a run: it has no " + MANIFEST + "; name the directory of a run");
    }
    RunDirectory run = new RunDirectory(path);
    run.manifest();
    return run;
  }

  /**
   * Where the run is.
   *
   * @return the path as it was given
   */
  public Path path() {
    return path;
  }

  /**
   * Writes the manifest, in place of an earlier one.
   *
   * @param manifest the manifest, its configuration already redacted
   * @throws IOException if it can't be written; an earlier one is then still there
   */
  public void writeManifest(Manifest manifest) throws IOException {
    PrivateFiles.replace(path.resolve(MANIFEST), RunJson.bytes(manifest));
  }

  /**
   * Reads the manifest.
   *
   * @return the manifest as it stands on disk
   * @throws RunFormatException if it is damaged, or of a newer version of the format
   * @throws IOException if it can't be read
   */
  public Manifest manifest() throws IOException {
    return ManifestFile.read(path.resolve(MANIFEST));
  }

  /**
   * Writes a round that is over. Call it last: the file says that the round's streams and
   * histograms are there.
   *
   * @param round the round
   * @throws IOException if it can't be written
   */
  public void writeRound(Round round) throws IOException {
    RoundStore.write(path.resolve(ROUNDS), round);
  }

  /**
   * Reads all rounds that are over, and passes by what a killed run left unfinished.
   *
   * @return the rounds by number, and a warning for each damaged file
   * @throws IOException if the file system fails
   */
  public RoundFiles rounds() throws IOException {
    return RoundStore.read(path.resolve(ROUNDS));
  }

  /**
   * Opens the log of streams to append to it.
   *
   * @return a writer that the caller closes
   * @throws IOException if it can't be opened
   */
  public StreamLogWriter appendStreams() throws IOException {
    return StreamLogWriter.open(path.resolve(STREAMS));
  }

  /**
   * Opens the log of streams to read those of some rounds.
   *
   * @param rounds the rounds whose lines are wanted: as a rule the usable ones
   * @return a reader that the caller closes; empty where no stream was logged
   * @throws IOException if it can't be opened
   */
  public StreamLogReader readStreams(List<Round> rounds) throws IOException {
    Map<Integer, String> cellByRound = new TreeMap<>();
    for (Round round : rounds) {
      cellByRound.put(round.round(), round.cell());
    }
    return StreamLogReader.open(path.resolve(STREAMS), cellByRound);
  }

  /**
   * Opens a round's log of encrypted prompts and answers to append to it.
   *
   * @param cell the cell's id
   * @param round the round's number
   * @return a log that the caller closes
   * @throws IOException if it can't be opened
   */
  public SealedTextLog appendTexts(String cell, int round) throws IOException {
    Cell.requireId(cell);
    Path texts = path.resolve(TEXTS);
    PrivateFiles.createDirectory(texts);
    PrivateFiles.createDirectory(texts.resolve(cell));
    return SealedTextLog.open(texts.resolve(cell).resolve(RoundStore.number(round) + ".jsonl"));
  }

  /**
   * Reads the encrypted prompts and answers.
   *
   * @return by cell and round, in the order of writing; none where the run stored no text
   * @throws IOException if they can't be read
   */
  public List<SealedText> readTexts() throws IOException {
    return SealedTextLog.readAll(path.resolve(TEXTS));
  }

  /**
   * Writes the histograms of a round, in place of earlier ones.
   *
   * @param cell the cell's id
   * @param round the round's number
   * @param log the histograms
   * @throws IOException if they can't be written
   */
  public void writeHistograms(String cell, int round, HistogramLog log) throws IOException {
    Path file = histogramFile(cell, round);
    PrivateFiles.createDirectory(path.resolve(HISTOGRAMS));
    PrivateFiles.createDirectory(path.resolve(HISTOGRAMS).resolve(cell));
    HistogramLogFile.write(file, log);
  }

  /**
   * Reads the histograms of a round.
   *
   * @param cell the cell's id
   * @param round the round's number
   * @return the histograms, or empty where the round has none
   * @throws RunFormatException if the file is damaged
   * @throws IOException if it can't be read
   */
  public Optional<HistogramLog> readHistograms(String cell, int round) throws IOException {
    Path file = histogramFile(cell, round);
    return Files.exists(file) ? Optional.of(HistogramLogFile.read(file)) : Optional.empty();
  }

  /**
   * Reads the histograms of a round that is over, and holds them against the hash that its file has
   * of them.
   *
   * @param round the round
   * @return the histograms, or empty where the round has none
   * @throws RunFormatException if the file is damaged, or was changed after it was recorded
   * @throws IOException if it can't be read
   */
  public Optional<HistogramLog> readHistograms(Round round) throws IOException {
    Optional<HistogramLog> log = readHistograms(round.cell(), round.round());
    if (round.histogramsSha256().isPresent()
        && log.isPresent()
        && !round.histogramsSha256().equals(histogramsSha256(round.cell(), round.round()))) {
      throw new RunFormatException(
          RoundStore.number(round.round())
              + ".hlog was changed after it was recorded (its SHA-256 is not that in rounds/"
              + RoundStore.number(round.round())
              + ".json)");
    }
    return log;
  }

  /**
   * The hash of a round's histogram log, as it stands on disk.
   *
   * @param cell the cell's id
   * @param round the round's number
   * @return 64 hexadecimal digits, or empty where there is no file
   * @throws IOException if it can't be read
   */
  public Optional<String> histogramsSha256(String cell, int round) throws IOException {
    Path file = histogramFile(cell, round);
    return Files.exists(file) ? Optional.of(Sha256.hex(file)) : Optional.empty();
  }

  /**
   * Whether there is a file of a round's histograms.
   *
   * @param cell the cell's id
   * @param round the round's number
   * @return true if there is, damaged or not
   */
  public boolean hasHistograms(String cell, int round) {
    return Files.exists(histogramFile(cell, round));
  }

  /**
   * Copies the histograms of another run's round as they are, byte by byte.
   *
   * @param from the other run
   * @param fromCell its cell's id
   * @param fromRound its round's number
   * @param cell the cell's id here
   * @param round the round's number here
   * @return whether there were any
   * @throws IOException if they can't be read or written
   */
  public boolean copyHistograms(
      RunDirectory from, String fromCell, int fromRound, String cell, int round)
      throws IOException {
    Path source = from.histogramFile(fromCell, fromRound);
    if (!Files.exists(source)) {
      return false;
    }
    Path file = histogramFile(cell, round);
    PrivateFiles.createDirectory(path.resolve(HISTOGRAMS));
    PrivateFiles.createDirectory(path.resolve(HISTOGRAMS).resolve(cell));
    PrivateFiles.replace(file, out -> Files.copy(source, out));
    return true;
  }

  private Path histogramFile(String cell, int round) {
    Cell.requireId(cell);
    return path.resolve(HISTOGRAMS).resolve(cell).resolve(RoundStore.number(round) + ".hlog");
  }

  /**
   * Reads {@code jmh.json}.
   *
   * @return what it holds, or empty where there is none
   * @throws RunFormatException if it is damaged
   * @throws IOException if it can't be read
   */
  public Optional<JsonNode> readJmh() throws IOException {
    Path file = path.resolve(JMH);
    return Files.exists(file) ? Optional.of(RunJson.tree(file)) : Optional.empty();
  }

  /**
   * Writes {@code jmh.json}: JMH's own result format, all rounds merged.
   *
   * @param result an array as JMH writes it
   * @throws IOException if it can't be written
   */
  public void writeJmh(JsonNode result) throws IOException {
    writeJmh(RunJson.bytes(result));
  }

  /**
   * Writes {@code jmh.json} from bytes that are JSON already.
   *
   * @param json the whole file
   * @throws IOException if it can't be written
   */
  public void writeJmh(byte[] json) throws IOException {
    PrivateFiles.replace(path.resolve(JMH), json);
  }

  /**
   * Writes one of the run's tables.
   *
   * @param table which
   * @param text its content
   * @return the file
   * @throws IOException if it can't be written
   */
  public Path writeTable(Table table, String text) throws IOException {
    return writeTable(path, table, text);
  }

  /**
   * Writes a table somewhere else than into its run.
   *
   * @param directory a directory that is there
   * @param table which
   * @param text its content
   * @return the file
   * @throws IOException if it can't be written
   */
  public static Path writeTable(Path directory, Table table, String text) throws IOException {
    Path file = directory.resolve(table.fileName());
    PrivateFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
    return file;
  }

  /** The tables that stand in a run directory. */
  public enum Table {
    /** {@code summary.csv}, for programs. */
    CSV("summary.csv"),
    /** {@code summary.md}, for people. */
    MARKDOWN("summary.md"),
    /** {@code metrics.csv}, for programs: one figure a row. */
    METRICS("metrics.csv"),
    /** {@code results.json}, for programs: all figures with what they are of. */
    RESULTS("results.json"),
    /** {@code report.html}, all of it on one page with plots. */
    PAGE(REPORT);

    private final String fileName;

    Table(String fileName) {
      this.fileName = fileName;
    }

    /**
     * The file's name in the run directory.
     *
     * @return such as {@code summary.csv}
     */
    public String fileName() {
      return fileName;
    }
  }
}
