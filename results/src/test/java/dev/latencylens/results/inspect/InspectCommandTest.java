package dev.latencylens.results.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latencylens.results.SampleRun;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamLogWriter;
import dev.latencylens.results.table.TextTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * To accept an intended change of a golden file, run with {@code
 * -Dgolden.write=src/test/resources/golden} and read the difference.
 */
class InspectCommandTest {
  private final Locale before = Locale.getDefault();
  private final Path above;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  InspectCommandTest(@TempDir Path above) {
    this.above = above;
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "tr-TR", "ar-EG-u-nu-arab"})
  void whatIsShownIsGoldenInEveryLocale(String locale) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(locale));
    String run = InspectedRun.create(above.resolve("run")).path().toString();

    golden("inspect-slowest.txt.golden", run, "--slowest", "6");
    golden("inspect-gaps.txt.golden", run, "--by", "max_gap", "--cell", "c001", "--slowest", "3");
    golden("inspect-stream.txt.golden", run, "--stream", "c001-1-0");
    golden("inspect-stream.json.golden", run, "--stream", "c001-1-0", "--json");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void theSlowestAreThoseThatASortOfAllGives() throws IOException {
    RunDirectory run = InspectedRun.create(above.resolve("run"));
    List<String> all = new ArrayList<>();
    JsonNode everything = json(run, "--slowest", "1000", "--by", "total");
    everything.path("streams").forEach(line -> all.add(line.path("stream").asText()));
    out.reset();

    List<String> some = new ArrayList<>();
    json(run, "--slowest", "7", "--by", "total")
        .path("streams")
        .forEach(line -> some.add(line.path("stream").asText()));

    assertThat(everything.path("streams_seen").asInt()).isEqualTo(90);
    assertThat(all).hasSize(88);
    assertThat(some).hasSize(7).isEqualTo(all.subList(0, 7));
    List<Long> totals = new ArrayList<>();
    everything.path("streams").forEach(line -> totals.add(line.path("total_ns").asLong()));
    assertThat(totals).isSortedAccordingTo((a, b) -> Long.compare(b, a));
  }

  @Test
  void whatADeadlineCutOffRanksByHowLongItWaited() throws IOException {
    JsonNode found = json(InspectedRun.create(above.resolve("run")), "--cell", "c002");

    List<String> outcomes = new ArrayList<>();
    found.path("streams").forEach(line -> outcomes.add(line.path("outcome").asText()));
    assertThat(outcomes.subList(2, 4)).containsOnly("timeout_first_token");
    assertThat(found.path("streams").get(2).path("censored").asBoolean()).isTrue();
    assertThat(found.path("streams").get(0).path("censored").asBoolean()).isFalse();
    assertThat(found.path("streams_unranked").asInt()).isEqualTo(2);
  }

  @Test
  void oneOutcomeAloneIsShownWithWhatToDoAboutIt() throws IOException {
    String run = InspectedRun.create(above.resolve("run")).path().toString();

    assertThat(inspect(run, "--outcome", "connection_lost", "--by", "total")).isZero();

    assertThat(out.toString(UTF_8))
        .contains("2 of 2 streams that ended as connection_lost", "look at the network")
        .doesNotContain("c001-1");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 100, 200})
  void linesKeepToTheTerminalAndHoldNoControl(int columns) throws IOException {
    String run = InspectedRun.create(above.resolve("run")).path().toString();

    assertThat(
            InspectCommand.run(
                stream(out), stream(err), Optional.of(Integer.toString(columns)), run))
        .isZero();

    assertThat(out.toString(UTF_8).lines())
        .allSatisfy(line -> assertThat(TextTable.width(line)).isLessThanOrEqualTo(widest(columns)));
    assertThat(out.toString(UTF_8)).doesNotContain("\u001b", "\u202e").contains("\\u{1b}");
  }

  private static int widest(int columns) {
    return Math.min(100, columns);
  }

  @Test
  void aStreamIsFoundWhereverItIsAndEvenWithoutAReading() throws IOException {
    String run = InspectedRun.create(above.resolve("run")).path().toString();

    assertThat(inspect(run, "--stream", "c002-4-x9")).isZero();

    assertThat(out.toString(UTF_8)).contains("refused_by_limit", "raise the limit");
  }

  @Test
  void aDamagedLineIsToldAndTheOthersAreShown() throws IOException {
    Path run = InspectedRun.create(above.resolve("run")).path();
    Files.writeString(run.resolve("streams.jsonl"), "{\"ro\n", StandardOpenOption.APPEND);

    assertThat(inspect(run.toString())).isZero();

    assertThat(err.toString(UTF_8))
        .startsWith("inspect: warning: streams.jsonl")
        .contains("restore the files from a copy of the run, or measure again")
        .hasLineCount(2);
    assertThat(out.toString(UTF_8)).contains("c001-1-0");
  }

  @Test
  void manyStreamsAreReadInLittleMemory() throws IOException {
    SlowestStreams slowest =
        new SlowestStreams(
            new Selection(Ranking.TTFT, 3, Optional.empty(), Optional.empty(), Optional.empty()));
    for (int i = 0; i < 200_000; i++) {
      StreamLine line = SampleRun.complete(1, "c001", i, i % 1000, 1, 2).build();
      slowest.add(line);
      assertThat(slowest.lines()).hasSizeLessThanOrEqualTo(3);
    }

    assertThat(slowest.lines())
        .extracting(StreamLine::stream)
        .containsExactly("c001-1-999", "c001-1-1999", "c001-1-2999");
    assertThat(slowest.matching()).isEqualTo(200_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--cell c009|there is no cell c009|c001, c002",
        "--outcome nope|there is no outcome nope|timeout_idle",
        "--stream nope|there is no stream nope|streams.jsonl",
        "--slowest 0|--slowest is from 1|1000",
        "--slowest many|--slowest|inspect --help",
        "--by size|--by|inspect --help",
        "--nope|Unknown option|inspect --help",
        "another|another|inspect --help",
      })
  void aMistakeIsToldInOneLine(String arguments, String what, String also) throws IOException {
    List<String> all = new ArrayList<>();
    all.add(InspectedRun.create(above.resolve("run")).path().toString());
    all.addAll(List.of(arguments.split(" ")));

    assertThat(inspect(all.toArray(String[]::new))).isEqualTo(2);

    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).startsWith("inspect: ").contains(what, also).hasLineCount(1);
  }

  @Test
  void whatIsNoRunIsRefusedInOneLine() throws IOException {
    Path empty = above.resolve("empty");
    Manifest manifest =
        SampleRun.manifest("empty", 1, List.of(SampleRun.cell("c001", "openai", "gpt")));
    RunDirectory.create(empty).writeManifest(manifest);
    Path unfinished = above.resolve("unfinished");
    RunDirectory run = RunDirectory.create(unfinished);
    run.writeManifest(manifest);
    try (StreamLogWriter log = run.appendStreams()) {
      log.write(SampleRun.complete(1, "c001", 1, 5, 1, 2).build());
    }

    refused(above.toString(), "has no manifest.json");
    refused(above.resolve("none").toString(), "is not a directory");
    refused(empty.toString(), "holds no streams of a finished round");
    assertThat(inspect(unfinished.toString())).isEqualTo(2);
    assertThat(err.toString(UTF_8)).hasLineCount(2).contains("round 1, which is not finished");
  }

  @Test
  void aLogThatIsNoFileIsRefusedInOneLine() throws IOException {
    Path run = InspectedRun.create(above.resolve("run")).path();
    Files.delete(run.resolve("streams.jsonl"));
    Files.createDirectory(run.resolve("streams.jsonl"));

    refused(run.toString(), "can't be read as a run");
  }

  @Test
  void aLogThatMayNotBeReadIsRefusedInOneLine() throws IOException {
    Path run = InspectedRun.create(above.resolve("run")).path();
    Path log = run.resolve("streams.jsonl");
    Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("---------"));
    // The administrator may read it all the same.
    Assumptions.assumeFalse(Files.isReadable(log));

    refused(run.toString(), "streams.jsonl can't be read: you have no access to it");
  }

  @Test
  void helpHasExamples() {
    assertThat(inspect("--help")).isZero();
    assertThat(out.toString(UTF_8)).contains("Exit status: 0", "scripts/inspect results/runs");
  }

  private void refused(String run, String why) {
    err.reset();
    assertThat(inspect(run)).isEqualTo(2);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).startsWith("inspect: ").contains(why).hasLineCount(1);
    err.reset();
  }

  private JsonNode json(RunDirectory run, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(run.path().toString(), "--json"));
    arguments.addAll(List.of(more));
    assertThat(inspect(arguments.toArray(String[]::new))).isZero();
    return new ObjectMapper().readTree(out.toByteArray());
  }

  private void golden(String name, String... arguments) throws IOException {
    out.reset();
    assertThat(inspect(arguments)).isZero();
    String target = System.getProperty("golden.write");
    if (target != null) {
      Files.write(Path.of(target, name), out.toByteArray());
      return;
    }
    try (InputStream golden = InspectCommandTest.class.getResourceAsStream("/golden/" + name)) {
      assertThat(golden).as("golden file %s", name).isNotNull();
      assertThat(out.toString(UTF_8)).isEqualTo(new String(golden.readAllBytes(), UTF_8));
    }
  }

  private int inspect(String... arguments) {
    return InspectCommand.run(stream(out), stream(err), Optional.empty(), arguments);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, UTF_8);
  }
}
