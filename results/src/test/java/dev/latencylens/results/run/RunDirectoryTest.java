package dev.latencylens.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.results.SampleRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunDirectoryTest {
  private static final Manifest MANIFEST =
      SampleRun.manifest("sample", 2, List.of(SampleRun.cell("c001", "openai", "gpt")));

  private final Path directory;

  RunDirectoryTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void manifestComesBackAsItWas() throws IOException {
    RunDirectory run = RunDirectory.create(directory.resolve("a/b c/run"));
    run.writeManifest(MANIFEST);

    assertThat(RunDirectory.open(run.path()).manifest()).isEqualTo(MANIFEST);

    Manifest later = MANIFEST.finishedAt(SampleRun.STARTED.plusSeconds(99)).withNote("Stopped.");
    run.writeManifest(later);
    assertThat(run.manifest()).isEqualTo(later);
    assertThat(run.manifest().notes()).containsExactly("Stopped.");
  }

  @Test
  void manifestHasTheNamesOfTheFormat() throws IOException {
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    run.writeManifest(MANIFEST);

    assertThat(Files.readString(run.path().resolve("manifest.json")))
        .contains("\"schema_version\" : 1")
        .contains("\"started\" : \"2026-11-23T01:33:00Z\"")
        .contains("\"epoch_nanos\" : 1795397580000000000")
        .contains("\"memory_bytes\" : 8589934592")
        .contains("\"suite_version\" : \"0.1.0\"")
        .doesNotContain("price_file_date")
        .endsWith("}\n");
  }

  @Test
  void aManifestOfBeforeNamesNobodyAndIsKept() throws IOException {
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    run.writeManifest(MANIFEST);

    assertThat(Files.readString(run.path().resolve("manifest.json")))
        .doesNotContain("subject", "keep_days");
    assertThat(run.manifest().keepUntil()).isEmpty();
    assertThat(run.manifest().cells().get(0).subject()).isEmpty();
  }

  @Test
  void subjectAndTermComeBackAsTheyWere() throws IOException {
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    Cell cell = SampleRun.cell("c001", "openai", "gpt").withSubject(Optional.of("jane@x.org"));
    Manifest manifest =
        SampleRun.manifest("x", 1, List.of(cell)).withKeepDays(Optional.of(90)).withNote("n");
    run.writeManifest(manifest);

    assertThat(run.manifest()).isEqualTo(manifest);
    assertThat(run.manifest().keepUntil()).contains(SampleRun.STARTED.plus(90, ChronoUnit.DAYS));
    assertThatThrownBy(() -> manifest.withKeepDays(Optional.of(0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hashesOfRequestsAndScheduleComeBackAndManifestsOfBeforeHaveNone() throws IOException {
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    run.writeManifest(MANIFEST);

    assertThat(Files.readString(run.path().resolve("manifest.json")))
        .containsOnlyOnce("\"requests_sha256\" : \"" + SampleRun.REQUESTS_SHA256 + "\"")
        .containsOnlyOnce("\"schedule_sha256\" : \"" + SampleRun.SCHEDULE_SHA256 + "\"");
    assertThat(run.manifest().rounds())
        .containsExactly(
            new PlannedRound(
                1,
                1,
                "c001",
                Optional.of(SampleRun.REQUESTS_SHA256),
                Optional.of(SampleRun.SCHEDULE_SHA256)),
            new PlannedRound(2, 2, "c001"));
    assertThatThrownBy(
            () -> new PlannedRound(1, 1, "c001", Optional.of("<script>"), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noNameInAJsonFileCanEndAScriptElement() throws IOException {
    String name = "</script><!--&\u2028\u2029";
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    run.writeManifest(SampleRun.manifest(name, 1, List.of(SampleRun.cell("c001", name, name))));
    run.writeJmh(JsonNodeFactory.instance.arrayNode().add(name));
    try (StreamLogWriter log = run.appendStreams()) {
      log.write(StreamLine.builder(1, "c001", name, name).build());
    }

    for (String file : List.of("manifest.json", "jmh.json", "streams.jsonl")) {
      assertThat(run.path().resolve(file))
          .content()
          .doesNotContain("<", ">", "&", "\u2028", "\u2029")
          .contains("\\u003c");
    }
    assertThat(run.manifest().name()).isEqualTo(name);
  }

  @Test
  void roundsComeBackInTheOrderOfTheirNumbers() throws IOException {
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    List<Round> written = new ArrayList<>();
    for (int number : new int[] {3, 1, 10_000, 2}) {
      Round round = SampleRun.round(new PlannedRound(number, 1, "c001"), Map.of("complete", 5L));
      run.writeRound(round);
      written.add(round);
    }

    assertThat(run.rounds().rounds()).extracting(Round::round).containsExactly(1, 2, 3, 10_000);
    assertThat(run.rounds().rounds()).containsExactlyInAnyOrderElementsOf(written);
    assertThat(run.path().resolve("rounds/0003.json"))
        .content()
        .contains("\"status\" : \"finished\"");
  }

  @Test
  void whatAKilledRunLeftIsPassedBy() throws IOException {
    RunDirectory run = SampleRun.create(directory.resolve("run"));
    int before = run.rounds().rounds().size();
    Path rounds = run.path().resolve("rounds");
    Files.writeString(rounds.resolve(".0008.json.123.tmp"), "{\"round\":");
    Files.writeString(rounds.resolve("notes.txt"), "mine");

    assertThat(run.rounds().rounds()).hasSize(before);
    assertThat(run.rounds().warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{\"round\":8}", "{} {}", "\0\0\0"})
  void damagedRoundsAreWarnedOf(String content) throws IOException {
    RunDirectory run = SampleRun.create(directory.resolve("run"));
    int before = run.rounds().rounds().size();
    Files.writeString(run.path().resolve("rounds/0008.json"), content);

    assertThat(run.rounds().rounds()).hasSize(before);
    assertThat(run.rounds().warnings()).singleElement().asString().contains("rounds/0008.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"started", "status", "jmh", "account", "health", "round"})
  void aRoundThatLacksAFieldIsDamaged(String field) throws IOException {
    RunDirectory run = SampleRun.create(directory.resolve("run"));
    Path file = run.path().resolve("rounds/0001.json");
    ObjectNode round = (ObjectNode) new ObjectMapper().readTree(Files.readString(file));
    round.remove(field);
    Files.writeString(file, round.toString());

    assertThat(run.rounds().warnings()).singleElement().asString().contains("rounds/0001.json");
  }

  @Test
  void aRoundUnderAnotherNumberIsLeftOut() throws IOException {
    RunDirectory run = SampleRun.create(directory.resolve("run"));
    Path rounds = run.path().resolve("rounds");
    Files.copy(rounds.resolve("0001.json"), rounds.resolve("0008.json"));

    assertThat(run.rounds().warnings()).singleElement().asString().contains("another round");
  }

  @Test
  void createRefusesWhatIsThere() throws IOException {
    Path taken = SampleRun.create(directory.resolve("run")).path();
    assertThatThrownBy(() -> RunDirectory.create(taken))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("already holds a run");

    Path full = Files.createDirectory(directory.resolve("full"));
    Path file = Files.writeString(full.resolve("mine"), "x");
    assertThatThrownBy(() -> RunDirectory.create(full))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("not empty");
    assertThatThrownBy(() -> RunDirectory.create(file)).hasMessageContaining("is a file");
    assertThatThrownBy(() -> RunDirectory.create(file.resolve("run")))
        .hasMessageContaining("is a file, not a directory");

    assertThat(RunDirectory.create(Files.createDirectory(directory.resolve("empty"))).path())
        .isDirectory();
  }

  @Test
  void openSaysWhatIsWrong() throws IOException {
    assertThatThrownBy(() -> RunDirectory.open(directory.resolve("none")))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("none is not a directory");
    assertThatThrownBy(() -> RunDirectory.open(directory))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("no manifest.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "{}", "{\"schema_version\":1}", "{\"schema_version\":\"x\"}", "\0"})
  void aDamagedManifestIsNamedWithWhatToDo(String content) throws IOException {
    Files.writeString(directory.resolve("manifest.json"), content);

    assertThatThrownBy(() -> RunDirectory.open(directory))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("manifest.json is damaged")
        .hasMessageContaining("restore the file from a copy, or measure again");
  }

  @Test
  void aNewerManifestNamesBothVersions() throws IOException {
    Files.writeString(directory.resolve("manifest.json"), "{\"schema_version\":2}");

    assertThatThrownBy(() -> RunDirectory.open(directory))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("newer Latency Lens (schema version 2, this one reads up to 1)");
  }

  @Test
  void onlyTheOwnerMayRead() throws IOException {
    assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
    RunDirectory run = SampleRun.create(directory.resolve("run"));
    run.writeJmh("[]".getBytes(StandardCharsets.UTF_8));
    run.writeTable(RunDirectory.Table.CSV, "a\r\n");

    try (Stream<Path> all = Files.walk(run.path())) {
      for (Path path : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as("permissions of %s", path)
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void aManifestMustHoldTogether() {
    Cell cell = SampleRun.cell("c001", "openai", "gpt");
    assertThatThrownBy(() -> SampleRun.manifest("x", 1, List.of(cell, cell)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SampleRun.cell("../c001", "openai", "gpt"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
