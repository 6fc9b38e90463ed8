package dev.latencylens.results.care;

import static dev.latencylens.results.care.RunOfTwoUsers.JANE;
import static dev.latencylens.results.care.RunOfTwoUsers.JANES_STREAMS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.latencylens.results.SampleRun;
import dev.latencylens.results.audit.AuditVerification;
import dev.latencylens.results.run.CellErasure;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunLock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EraseCommandTest {
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-12-24T00:00:00Z"), ZoneOffset.UTC);

  private final Path runs;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Erased> logged = new ArrayList<>();
  private String answer = "";
  private boolean terminal;

  EraseCommandTest(@TempDir Path runs) {
    this.runs = runs;
  }

  @Test
  void aRunIsErasedWithItsArchivesAndToldOf() throws IOException {
    Path run = RunOfTwoUsers.create(runs.resolve("a run")).path();
    Path other = RunOfTwoUsers.create(runs.resolve("other")).path();
    RunExport.write(run, runs.resolve("whatever its name.zip"), false);
    RunExport.write(other, runs.resolve("other.zip"), false);

    assertThat(erase(run.toString(), "--yes")).isZero();

    assertThat(runs).isDirectoryNotContaining(path -> path.toString().contains("a run"));
    assertThat(runs.resolve("whatever its name.zip")).doesNotExist();
    assertThat(other).isDirectory();
    assertThat(runs.resolve("other.zip")).exists();
    assertThat(out.toString(UTF_8).lines().map(line -> line.substring(0, line.indexOf('\t'))))
        .containsExactly("what", "run", "archive");
    assertThat(logged)
        .extracting(Erased::what)
        .containsExactly(Erased.What.RUN, Erased.What.ARCHIVE);
    assertThat(logged.get(0).streams()).isEqualTo(60);
    assertThat(logged.get(0).bytes()).isGreaterThan(1000);
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void whatIsNoRunIsRefusedAndStays() throws IOException {
    Path mine = Files.createDirectory(runs.resolve("mine"));
    Files.writeString(mine.resolve("thesis.txt"), "all of it");
    Files.writeString(Files.createDirectory(runs.resolve("odd")).resolve("manifest.json"), "{}");

    assertThat(erase(mine.toString(), "--yes", "--force")).isEqualTo(2);
    assertRefused("has no manifest.json");
    assertThat(erase(runs.resolve("odd").toString(), "--yes", "--force")).isEqualTo(2);
    assertRefused("is damaged");
    assertThat(erase(runs.resolve("none").toString(), "--yes")).isEqualTo(2);
    assertRefused("is not a directory");

    assertThat(mine.resolve("thesis.txt")).exists();
    assertThat(runs.resolve("odd/manifest.json")).exists();
  }

  @Test
  void aLinkToARunIsRefusedAndOfALinkInARunOnlyTheLinkGoes() throws IOException {
    Path run = RunOfTwoUsers.create(runs.resolve("run")).path();
    Path outside = Files.createDirectory(runs.resolve("outside"));
    Files.writeString(outside.resolve("kept.txt"), "kept");
    Files.createSymbolicLink(run.resolve("timelines/c009"), outside);
    Path link = Files.createSymbolicLink(runs.resolve("link"), run);

    assertThat(erase(link.toString(), "--yes", "--force")).isEqualTo(2);
    assertRefused("is a symbolic link");
    assertThat(run).isDirectory();

    assertThat(erase(run.toString(), "--yes")).isZero();
    assertThat(run).doesNotExist();
    assertThat(outside.resolve("kept.txt")).exists();
  }

  @Test
  void aRunThatIsStillRunningIsRefused() throws IOException {
    RunDirectory running = unfinished("running");
    String path = running.path().toString();

    assertThat(erase(path, "--yes")).isEqualTo(2);
    assertRefused("nothing tells whether it still runs");

    RunLock lock = RunLock.tryAcquire(running.path()).orElseThrow();
    assertThat(erase(path, "--yes")).isEqualTo(2);
    assertRefused("is still running");
    assertThat(erase("--subject", JANE, "--yes")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("is still running");
    assertThat(CellErasure.concerns(running, JANE)).isTrue();
    lock.close();

    // Killed: the lock is free, so it needs no --force.
    assertThat(erase(path, "--yes")).isZero();
    assertThat(running.path()).doesNotExist();
  }

  @Test
  void forceErasesARunThatMayStillBeRunning() throws IOException {
    RunDirectory running = unfinished("running");

    assertThat(erase(running.path().toString(), "--yes", "--force")).isZero();
    assertThat(running.path()).doesNotExist();
  }

  @Test
  void aUserWhoIsCalledLikeAWordOfThePagesProgramIsNotSeenInIt() throws IOException {
    RunOfTwoUsers.create(runs.resolve("run"));

    assertThat(erase("--subject", "return", "--yes")).isZero();

    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(runs.resolve("run/report.html")).content().contains("return");
  }

  @Test
  void aPersonIsAskedAndAScriptMustSayYes() throws IOException {
    Path run = RunOfTwoUsers.create(runs.resolve("run")).path();

    assertThat(erase(run.toString())).isEqualTo(2);
    assertRefused("use --yes");
    terminal = true;
    for (String no : List.of("", "\n", "n\n", "nonsense\n")) {
      answer = no;
      assertThat(erase(run.toString())).isEqualTo(2);
      assertRefused("Erase 1 run");
    }
    assertThat(run).isDirectory();

    answer = "y\n";
    assertThat(erase(run.toString())).isZero();
    assertThat(run).doesNotExist();
  }

  @Test
  void beforeADayTakesOlderRunsOnly() throws IOException {
    Path run = RunOfTwoUsers.create(runs.resolve("run")).path();
    LocalDate day = LocalDate.ofInstant(SampleRun.STARTED, ZoneOffset.UTC);

    assertThat(erase("--before", day.toString(), "--yes")).isZero();
    assertThat(run).isDirectory();
    assertThat(out.toString(UTF_8)).hasLineCount(1);

    assertThat(erase("--before", day.plusDays(1).toString(), "--yes")).isZero();
    assertThat(run).doesNotExist();
    assertThat(erase("--before", "yesterday", "--yes")).isEqualTo(2);
  }

  @Test
  void expiredTakesRunsWhoseTermIsOver() throws IOException {
    Path shortTerm = keptFor("short", Optional.of(30));
    Path longTerm = keptFor("long", Optional.of(31));
    Path forEver = keptFor("for ever", Optional.empty());

    Instant over = SampleRun.STARTED.plusSeconds(30L * 24 * 3600);
    assertThat(Retention.expired(runs, over.minusMillis(1))).isEmpty();
    assertThat(Retention.expired(runs, over))
        .containsExactly(new Retention.Expired(shortTerm, over));
    assertThat(Retention.expired(runs.resolve("none"))).isEmpty();
    assertThat(erase("--expired", "--yes")).isZero();

    assertThat(shortTerm).doesNotExist();
    assertThat(longTerm).isDirectory();
    assertThat(forEver).isDirectory();
  }

  @Test
  void aUserIsErasedFromAllRunsAndArchives() throws IOException {
    RunDirectory first = RunOfTwoUsers.create(runs.resolve("first"));
    RunDirectory second = RunOfTwoUsers.create(runs.resolve("second"));
    Path nobodys = keptFor("nobodys", Optional.empty());
    RunExport.write(first.path(), runs.resolve("x.zip"), true);
    RunExport.write(nobodys, runs.resolve("nobodys.zip"), true);
    Files.writeString(runs.resolve("not ours.zip"), JANE.toUpperCase(Locale.ROOT));

    assertThat(erase("--subject", JANE, "--yes")).isZero();

    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(out.toString(UTF_8)).doesNotContain(JANE).hasLineCount(4);
    assertThat(logged)
        .extracting(Erased::what, Erased::streams)
        .containsExactly(
            tuple(Erased.What.SUBJECT, (long) JANES_STREAMS),
            tuple(Erased.What.SUBJECT, (long) JANES_STREAMS),
            tuple(Erased.What.ARCHIVE, 0L));
    assertThat(logged.get(0).bytes()).isPositive();
    for (RunDirectory run : List.of(first, second)) {
      for (Path file : FileTree.files(run.path())) {
        assertThat(Files.readString(file, ISO_8859_1)).as("%s", file).doesNotContain(JANE);
      }
      for (String table : List.of("summary.csv", "metrics.csv", "results.json")) {
        assertThat(run.path().resolve(table))
            .content()
            .contains("claude")
            .doesNotContain("gpt", "flash");
      }
      assertThat(run.path().resolve("summary.md"))
          .content()
          .contains("of a subject were erased on 2026-12-24")
          .doesNotContain("gpt");
    }
    assertThat(runs.resolve("x.zip")).doesNotExist();
    assertThat(runs.resolve("nobodys.zip")).exists();
    assertThat(runs.resolve("not ours.zip")).exists();

    out.reset();
    assertThat(erase("--subject", JANE, "--yes")).isZero();
    assertThat(out.toString(UTF_8)).hasLineCount(1);
  }

  @Test
  void whatStillHoldsTheIdIsTold() throws IOException {
    RunDirectory run = RunOfTwoUsers.create(runs.resolve("run"));
    run.writeManifest(run.manifest().withNote("Asked for by " + JANE + "."));
    RunOfTwoUsers.create(runs.resolve("broken"));
    Files.writeString(runs.resolve("broken/manifest.json"), "{");

    assertThat(erase("--subject", JANE, "--yes")).isEqualTo(1);

    assertThat(err.toString(UTF_8))
        .contains("manifest.json still holds the id", "broken: manifest.json is damaged")
        .doesNotContain(JANE);
    assertThat(CellErasure.concerns(run, JANE)).isFalse();
  }

  @Test
  void aLinkInARunKeepsTheUsersErasureAwayFromIt() throws IOException {
    Path run = RunOfTwoUsers.create(runs.resolve("run")).path();
    Path outside = Files.writeString(runs.resolve("outside.jsonl"), "{\"cell\":\"c001\"}\n");
    Files.delete(run.resolve("streams.jsonl"));
    Files.createSymbolicLink(run.resolve("streams.jsonl"), outside);

    assertThat(erase("--subject", JANE, "--yes")).isEqualTo(1);

    assertThat(err.toString(UTF_8)).contains("streams.jsonl is a symbolic link");
    assertThat(outside).content().contains("c001");
  }

  @Test
  void whatACrashLeftIsFinishedByTheNextCall() throws IOException {
    Path run = RunOfTwoUsers.create(runs.resolve("run")).path();
    RunExport.write(run, runs.resolve("run.zip"), false);
    Files.move(run, runs.resolve(".erasing-run"));
    RunDirectory half = RunOfTwoUsers.create(runs.resolve("half"));
    CellErasure.begin(half, JANE, LocalDate.of(2026, 12, 1));

    assertThat(erase(run.toString(), "--yes")).isZero();
    assertThat(runs.resolve(".erasing-run")).doesNotExist();
    assertThat(runs.resolve("run.zip")).doesNotExist();
    assertThat(err.toString(UTF_8)).contains("finished an erasure that had broken off");

    assertThat(erase("--subject", "somebody-else", "--yes")).isZero();
    assertThat(CellErasure.concerns(half, JANE)).isFalse();
    assertThat(half.manifest().notes()).singleElement().asString().contains("2026-12-01");
  }

  @Test
  void erasuresAndExportsAreAuditedWithoutTheUserAndTheChainHolds() throws IOException {
    Path run = RunOfTwoUsers.create(runs.resolve("run")).path();
    PrintStream quiet = new PrintStream(out, true, UTF_8);
    ExportCommand.run(quiet, quiet, CareLog.AUDITED, run.toString());
    String[] subject = {"--subject", JANE, "--yes", "--runs", runs.toString()};
    EraseCommand.run(InputStream.nullInputStream(), quiet, quiet, CareLog.AUDITED, subject);

    assertThat(AuditVerification.of(run).intact()).isTrue();
    assertThat(Files.readAllLines(run.resolve("audit.jsonl")))
        .hasSize(5)
        .anyMatch(line -> line.contains("\"event\":\"export\""))
        .anyMatch(
            line -> line.contains("\"event\":\"erase\",\"status\":\"subject\",\"streams\":40"))
        .noneMatch(line -> line.contains(JANE));

    EraseCommand.run(
        InputStream.nullInputStream(), quiet, quiet, CareLog.AUDITED, run.toString(), "--yes");
    assertThat(runs.resolve("audit-heads.jsonl")).content().contains("\"event\":\"erased\"");
  }

  @Test
  void anErasureThatCouldNotBeRecordedIsTold() throws IOException {
    Path run = RunOfTwoUsers.create(runs.resolve("run")).path();
    Files.delete(runs.resolve("audit-heads.jsonl"));
    Files.createDirectory(runs.resolve("audit-heads.jsonl"));
    PrintStream to = new PrintStream(err, true, UTF_8);

    int status =
        EraseCommand.run(
            InputStream.nullInputStream(), to, to, CareLog.AUDITED, run.toString(), "--yes");

    assertThat(status).isEqualTo(1);
    assertThat(run).doesNotExist();
    assertThat(err.toString(UTF_8)).contains("the audit log does not hold that this was erased");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--nope",
        "--subject x run",
        "--before 2026-01-01 --expired",
        "--subject a/b --yes",
        "--subject x --force --yes"
      })
  void badArgumentsAreRefusedInOneLine(String arguments) {
    assertThat(erase(arguments.isEmpty() ? new String[0] : arguments.split(" "))).isEqualTo(2);
    assertRefused("");
  }

  @Test
  void helpSaysWhatIsNotErased() {
    assertThat(erase("--help")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("Examples:", "SSD", "backups", "--subject", "copies elsewhere");
  }

  private RunDirectory unfinished(String name) throws IOException {
    RunDirectory run = RunOfTwoUsers.create(runs.resolve(name));
    Manifest done = run.manifest();
    String json = Files.readString(run.path().resolve("manifest.json"));
    Files.writeString(
        run.path().resolve("manifest.json"),
        json.replace("\"finished\" : \"" + done.finished().orElseThrow() + "\",", ""));
    assertThat(run.manifest().finished()).isEmpty();
    return run;
  }

  private Path keptFor(String name, Optional<Integer> days) throws IOException {
    return RunOfTwoUsers.create(
            runs.resolve(name), List.of(SampleRun.cell("c001", "openai", "gpt")), days)
        .path();
  }

  private void assertRefused(String message) {
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).contains("erase: ", message).doesNotContain("\tat ");
    err.reset();
  }

  private int erase(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!all.contains("--help") && !all.isEmpty()) {
      all.addAll(List.of("--runs", runs.toString()));
    }
    CareConsole console =
        new CareConsole(
            "erase",
            new ByteArrayInputStream(answer.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            terminal);
    CareLog log =
        new CareLog() {
          @Override
          public void erased(Erased erased) {
            logged.add(erased);
          }

          @Override
          public void exported(Path run, Exported exported) {
            throw new AssertionError("nothing is exported here");
          }

          @Override
          public void published(Path run, Published published) {
            throw new AssertionError("nothing is published here");
          }
        };
    return EraseCommand.run(console, log, NOW, all.toArray(new String[0]));
  }
}
