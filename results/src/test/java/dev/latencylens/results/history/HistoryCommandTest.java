package dev.latencylens.results.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.results.CleanRun;
import dev.latencylens.results.Golden;
import dev.latencylens.results.SampleRun;
import dev.latencylens.results.care.CareLog;
import dev.latencylens.results.care.FileTree;
import dev.latencylens.results.publish.PublishCommand;
import dev.latencylens.results.run.RunDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryCommandTest {
  private static final Instant STARTED = Instant.parse("2026-11-23T01:33:00.5Z");

  private static Path releases = Path.of("");

  private final Path directory;
  private final Path published;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Locale locale = Locale.getDefault();

  HistoryCommandTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    published = directory.resolve("published");
    for (Path file : FileTree.files(releases)) {
      Path copy = published.resolve(releases.relativize(file));
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
  }

  @BeforeAll
  static void publishReleases(@TempDir Path shared) throws IOException {
    releases = shared.resolve("published");
    publish(CleanRun.create(shared.resolve("c"), STARTED.plusSeconds(7_000_000), 230), "0.10.0");
    publish(CleanRun.create(shared.resolve("a"), STARTED, 200), "0.1.0");
    RunDirectory dirty = CleanRun.create(shared.resolve("b"), STARTED.plusSeconds(3_000_000), 1234);
    CleanRun.edit(dirty, json -> ((ObjectNode) json.get("git")).put("dirty", true));
    publish(dirty, "0.2.0");
    // A late reading, too few of them, and none at all.
    publish(SampleRun.create(shared.resolve("s")), "sample");
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(locale);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "tr-TR", "ar-EG-u-nu-arab"})
  void allFormatsAreTheGoldenOnesInEveryLocale(String language) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(language));

    check("history.txt.golden");
    check("history.md.golden", "--format", "md");
    check("history.csv.golden", "--format", "csv", "--metric", "output_tps_p50");
    check("history-otava.csv.golden", "--format", "OTAVA", "--cell", "CLAUDE,");
    check("history-p99.txt.golden", "--metric", "ttft_p99_ms", "--cell", "claude");
    check("history-streams.txt.golden", "--metric", "streams", "--cell", "claude,");
  }

  private void check(String golden, String... arguments) throws IOException {
    out.reset();
    assertThat(history(arguments)).as(golden).isZero();
    assertThat(err.toString(UTF_8)).isEmpty();
    Golden.check(golden, out.toString(UTF_8));
  }

  @Test
  void otavaReadsOneSeriesWithoutGapsInOrderOfTime() {
    assertThat(history("--format", "otava", "--cell", "claude,", "--metric", "ttft_p50_ms"))
        .isZero();

    assertThat(out.toString(UTF_8).lines())
        .containsExactly(
            "time,version,commit,ttft_p50_ms",
            "2026-11-23 01:33:00 +0000,0.1.0,0123456789abcdef0123456789abcdef01234567,412.375",
            "2026-12-27 18:53:00 +0000,0.2.0,0123456789abcdef0123456789abcdef01234567,2480.375",
            "2027-02-12 01:59:40 +0000,0.10.0,0123456789abcdef0123456789abcdef01234567,472.375");
    out.reset();
    // The sample has a cell without any number.
    assertThat(history("--format", "otava", "--cell", "=gone", "--metric", "ttft_p50_ms")).isZero();
    assertThat(out.toString(UTF_8)).hasLineCount(1);

    assertThat(history("--format", "otava")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .startsWith("history: Otava reads one series a file, and these are 6 cells; choose one")
        .contains(" | anthropic claude, workload hello, load closed-50,");
  }

  @Test
  void aDamagedReleaseIsLeftOutAndTold() throws IOException {
    Files.writeString(published.resolve("0.2.0/histograms/c001/0001.hlog"), "x");
    Files.delete(published.resolve("0.10.0/summary.md"));
    Files.writeString(published.resolve("0.10.0/more"), "x");
    Files.createDirectory(published.resolve("empty"));
    Files.createDirectory(published.resolve(".0.3.0.7.tmp"));

    assertThat(history("--cell", "claude,")).isEqualTo(1);

    assertThat(err.toString(UTF_8).lines())
        .containsExactly(
            "history: "
                + published.resolve("0.10.0")
                + " is not as it was published: summary.md is missing, more was added; restore it,"
                + " such as with git checkout; it is left out",
            "history: "
                + published.resolve("0.2.0")
                + " is not as it was published: histograms/c001/0001.hlog was changed; restore it,"
                + " such as with git checkout; it is left out",
            "history: "
                + published.resolve("empty")
                + " is no release: it has no SHA256SUMS; restore it, or move it away; it is left"
                + " out");
    assertThat(out.toString(UTF_8)).contains("0.1.0").doesNotContain("\n0.2.0", "\n0.10.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no,header", "", "\"", "target,target\na,b", "\u0000"})
  void aTableThatIsNoneIsToldInOneLine(String table) throws IOException {
    Path release = published.resolve("0.2.0");
    Files.writeString(release.resolve("summary.csv"), table);
    Files.writeString(release.resolve(Checksums.FILE), Checksums.of(release));

    assertThat(history("--cell", "claude,")).isEqualTo(1);

    assertThat(err.toString(UTF_8))
        .hasLineCount(1)
        .contains("summary.csv can't be read as the table of its manifest");
  }

  @Test
  void badArgumentsAreRefusedInOneLine() {
    assertThat(history("--metric", "ttft")).isEqualTo(2);
    assertRefused(
        "no column of summary.csv is called ttft; --metric takes one of streams, errors,");
    assertThat(history("--metric", "notes")).isEqualTo(2);
    assertRefused("no column of summary.csv is called notes");
    assertThat(history("--cell", "nobody's")).isEqualTo(2);
    assertRefused("no published cell has that in its name: nobody's");
    assertThat(history("--format", "xml")).isEqualTo(2);
    assertRefused("expected one of [TEXT, MD, CSV, OTAVA] (case-insensitive) but was 'xml'");
    assertThat(run("--published", directory.resolve("none").toString())).isEqualTo(2);
    assertRefused("there is no release in " + directory.resolve("none"));
  }

  @Test
  void helpSaysHowOtavaReadsIt() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(UTF_8)).contains("time_column: time", "direction: -1", "Exit status");
  }

  private void assertRefused(String message) {
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).startsWith("history: ").contains(message).hasLineCount(1);
    err.reset();
  }

  private static void publish(RunDirectory run, String release) {
    PrintStream nobody = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    assertThat(
            PublishCommand.run(
                nobody,
                nobody,
                CareLog.NONE,
                run.path().toString(),
                "--as",
                release,
                "--force",
                "--published",
                releases.toString()))
        .isZero();
  }

  private int history(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--published", published.toString()));
    return run(all.toArray(new String[0]));
  }

  private int run(String... arguments) {
    return HistoryCommand.run(print(out), print(err), arguments);
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, UTF_8);
  }
}
