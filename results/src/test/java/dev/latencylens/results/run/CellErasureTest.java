package dev.latencylens.results.run;

import static dev.latencylens.results.care.RunOfTwoUsers.JANE;
import static dev.latencylens.results.care.RunOfTwoUsers.JANES_STREAMS;
import static dev.latencylens.results.care.RunOfTwoUsers.JOHN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latencylens.results.audit.AuditVerification;
import dev.latencylens.results.care.RunOfTwoUsers;
import dev.latencylens.results.report.RunReport;
import dev.latencylens.results.table.Summary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CellErasureTest {
  private static final LocalDate DAY = LocalDate.of(2026, 12, 1);

  private final RunDirectory run;

  CellErasureTest(@TempDir Path directory) throws IOException {
    run = RunOfTwoUsers.create(directory.resolve("run"));
  }

  @Test
  void nothingOfTheUserIsLeftInAnyFile() throws IOException {
    String pseudonym = Subjects.of(run.path()).pseudonym(JANE);
    Files.writeString(run.path().resolve("rounds/.0001.json.77.tmp"), "{\"half\":\"" + JANE);
    Files.writeString(run.path().resolve("rounds/0001.json"), "{ damaged, of " + JANE);
    Files.writeString(
        run.path().resolve("streams.jsonl"),
        "{\"round\":1,\"cell\":\"c001\",\"torn\":\"" + JANE,
        StandardOpenOption.APPEND);

    erase();

    assertThat(files()).isNotEmpty();
    files()
        .forEach(
            (name, bytes) ->
                assertThat(new String(bytes, StandardCharsets.UTF_8))
                    .as(name)
                    .doesNotContain(JANE)
                    // As words: a hash may hold the same characters.
                    .doesNotContainPattern("\\bc00[13]\\b"));
    assertThat(files().keySet()).noneMatch(name -> name.contains("c001") || name.contains("c003"));
    assertThat(files().keySet()).doesNotContain("rounds/0001.json");
    assertThat(run.path().resolve("audit.jsonl")).content().contains(pseudonym);
    assertThat(Subjects.of(run.path()).id(pseudonym)).isEmpty();
    assertThat(AuditVerification.of(run.path()).intact()).isTrue();
    assertThat(run.manifest().notes())
        .containsExactly(JANES_STREAMS + " streams of a subject were erased on 2026-12-01.");
  }

  @Test
  void whatIsNotTheUsersStaysByteByByte() throws IOException {
    Map<String, byte[]> before = files();
    String streams = text("streams.jsonl", "\"c002\"");

    erase();

    Map<String, byte[]> after = files();
    for (String name :
        List.of(
            "rounds/0002.json",
            "rounds/0005.json",
            "histograms/c002/0002.hlog",
            "histograms/c002/0005.hlog",
            "timelines/c002/2.json",
            "texts/c002/0002.jsonl",
            "audit.jsonl")) {
      assertThat(after.get(name)).as(name).isEqualTo(before.get(name));
    }
    assertThat(text("streams.jsonl", "")).isEqualTo(streams).isNotEmpty();
    JsonNode jmh = RunJson.tree(run.path().resolve("jmh.json"));
    assertThat(jmh.findValuesAsText("benchmark")).containsExactly("of c002", "of c002");
    assertThat(run.manifest().cells()).extracting(Cell::id).containsExactly("c002");
    assertThat(Subjects.of(run.path()).knows(JOHN)).isTrue();
    assertThat(run.manifest().configuration().findValuesAsText("user_id")).containsExactly(JOHN);
    assertThat(Summary.read(run).warnings()).isEmpty();
    assertThat(Summary.read(run).somethingFailed()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(CellErasure.Step.class)
  void aCrashLeavesAReadableRunAndASecondCallFinishes(CellErasure.Step last) throws IOException {
    CellErasure broken =
        CellErasure.begin(
            run,
            JANE,
            DAY,
            step -> {
              if (step == last) {
                throw new IllegalStateException("the machine stopped");
              }
            });
    assertThatThrownBy(broken::carryOut).isInstanceOf(IllegalStateException.class);

    RunDirectory again = RunDirectory.open(run.path());
    assertThat(Summary.read(again).rows()).isNotEmpty();
    CellErasure rest = CellErasure.pending(again).orElseThrow();
    assertThat(rest.streams()).isEqualTo(JANES_STREAMS);
    rest.carryOut();
    RunReport.write(again);
    rest.finish();

    assertThat(CellErasure.pending(again)).isEmpty();
    assertThat(CellErasure.concerns(again, JANE)).isFalse();
    assertThat(again.manifest().notes()).hasSize(1);
    files()
        .forEach(
            (name, bytes) ->
                assertThat(new String(bytes, StandardCharsets.UTF_8))
                    .as(name)
                    .doesNotContain(JANE)
                    // As words: a hash may hold the same characters.
                    .doesNotContainPattern("\\bc00[13]\\b"));
  }

  @Test
  void aRunOfOneUserAloneBecomesAnEmptyOne() throws IOException {
    erase();
    CellErasure erasure = CellErasure.begin(run, JOHN, DAY);
    erasure.carryOut();
    RunReport.write(run);
    erasure.finish();

    assertThat(run.manifest().cells()).isEmpty();
    assertThat(run.manifest().notes()).hasSize(2);
    assertThat(run.path().resolve("streams.jsonl")).isEmptyFile();
    assertThat(run.path().resolve("summary.md")).content().contains("of a subject were erased");
  }

  private void erase() throws IOException {
    assertThat(CellErasure.concerns(run, JANE)).isTrue();
    CellErasure erasure = CellErasure.begin(run, JANE, DAY);
    erasure.carryOut();
    RunReport.write(run);
    erasure.finish();
    assertThat(CellErasure.concerns(run, JANE)).isFalse();
  }

  private String text(String name, String with) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line : Files.readAllLines(run.path().resolve(name))) {
      if (line.contains(with)) {
        text.append(line).append('\n');
      }
    }
    return text.toString();
  }

  private Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(run.path())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        contents.put(run.path().relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }
}
