package dev.latencylens.results.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.results.run.Subjects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
  private final Path above;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  AuditCommandTest(@TempDir Path above) {
    this.above = above;
  }

  @Test
  void anIntactLogIsVerifiedWithZero() throws IOException {
    Path run = AuditedRun.sealed(above.resolve("run"), 3);

    assertThat(audit("verify", run.toString())).isZero();

    assertThat(out.toString(UTF_8))
        .startsWith(run + ": intact, 3 lines, sealed at 20")
        .hasLineCount(1);
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void aBrokenLogIsVerifiedWithOneAndItsLineNamed() throws IOException {
    Path good = AuditedRun.sealed(above.resolve("good"), 3);
    Path bad = AuditedRun.sealed(above.resolve("bad"), 3);
    Path file = bad.resolve("audit.jsonl");
    Files.writeString(file, Files.readString(file).replace("r1-1", "r1-7"));

    assertThat(audit("verify", bad.toString(), good.toString())).isEqualTo(1);

    assertThat(out.toString(UTF_8).lines().toList())
        .hasSize(3)
        .first()
        .asString()
        .startsWith(bad + ": BROKEN, 3 lines, sealed at ");
    assertThat(out.toString(UTF_8))
        .contains("\n  audit.jsonl line 2 was changed: its hash is not that of its content\n");
  }

  @Test
  void whatIsNoRunIsRefusedWithTwoAndTheOthersAreStillVerified() throws IOException {
    Path run = AuditedRun.sealed(above.resolve("run"), 3);

    assertThat(audit("verify", above.resolve("none").toString(), run.toString())).isEqualTo(2);

    assertThat(out.toString(UTF_8)).contains("intact");
    assertThat(err.toString(UTF_8))
        .startsWith("audit: ")
        .contains("is not a directory, and no head tells of such a run")
        .hasLineCount(1);
  }

  @Test
  void aLogIsShownAsATable() throws IOException {
    Path run = AuditedRun.sealed(above.resolve("run"), 2);
    AuditFile.of(run).amend(AuditEntry.now("erase").with(AuditField.STREAMS, 12));

    assertThat(audit("show", run.toString())).isZero();

    List<String> lines = out.toString(UTF_8).lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0))
        .matches(
            "line +timestamp +event +provider +model +status +duration_ms +request_id +streams");
    assertThat(lines.get(1))
        .matches("1 +2026-11-23T01:33:00.250Z +api_call +openai +gpt-4o-mini +complete +100 +r1-0");
    assertThat(lines.get(3)).matches("3 +\\S+ +erase +12");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void oneEventAloneIsShown() throws IOException {
    Path run = AuditedRun.sealed(above.resolve("run"), 2);
    AuditFile.of(run).amend(AuditEntry.now("erase"));

    assertThat(audit("show", run.toString(), "--event", "erase")).isZero();
    assertThat(out.toString(UTF_8)).hasLineCount(2).contains("erase").doesNotContain("api_call");

    assertThat(audit("show", run.toString(), "--event", "nothing")).isZero();
    assertThat(err.toString(UTF_8)).isEqualTo("audit: no line has the event nothing\n");
  }

  @Test
  void aUserIsShownByIdUntilTheIdIsForgotten() throws IOException {
    Path run = AuditedRun.sealed(above.resolve("run"), 1);
    String pseudonym = Subjects.of(run).pseudonym("jane@example.org");
    AuditFile.of(run).amend(AuditEntry.now("export").with(AuditField.USER_ID, pseudonym));

    assertThat(audit("show", run.toString())).isZero();
    assertThat(out.toString(UTF_8)).contains("jane@example.org");
    assertThat(Files.readString(run.resolve("audit.jsonl"))).doesNotContain("jane");

    out.reset();
    Subjects.of(run).forget("jane@example.org");
    assertThat(audit("show", run.toString())).isZero();
    assertThat(out.toString(UTF_8)).doesNotContain("jane").contains(pseudonym.substring(0, 20));
    assertThat(AuditVerification.of(run).intact()).isTrue();
  }

  @Test
  void aHostileLogDoesNothingToATerminal() throws IOException {
    Path run = AuditedRun.unfinished(above.resolve("run"), 0);
    AuditFile.of(run)
        .append(
            List.of(
                AuditEntry.now("error").with(AuditField.MODEL, "\u001b[2J\u202ex\nforged\r\u0007"),
                AuditEntry.now("error")));
    Files.writeString(
        run.resolve("audit.jsonl"), "\u001b[2J not json\n", UTF_8, StandardOpenOption.APPEND);

    assertThat(audit("show", run.toString())).isZero();

    assertThat(out.toString(UTF_8))
        .hasLineCount(3)
        .doesNotContain("\u001b", "\u202e", "\r", "\u0007");
    assertThat(err.toString(UTF_8))
        .contains("left out what is no line of an audit log: line 3;")
        .doesNotContain("\u001b");
  }

  @Test
  void badArgumentsAreRefusedInOneLine() {
    for (String[] arguments :
        List.of(
            new String[] {"verify"},
            new String[] {"show"},
            new String[] {"nope"},
            new String[] {"show", above.toString()},
            new String[] {"verify", "/"},
            new String[] {})) {
      assertThat(audit(arguments)).as(String.join(" ", arguments)).isEqualTo(2);
      assertThat(out.toString(UTF_8)).isEmpty();
      assertThat(err.toString(UTF_8)).startsWith("audit: ").hasLineCount(1);
      err.reset();
    }
  }

  @Test
  void helpHasExamples() {
    assertThat(audit("--help")).isZero();
    assertThat(audit("verify", "--help")).isZero();
    assertThat(audit("show", "--help")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("scripts/audit verify results/runs", "--event api_call", "Exit status");
  }

  private int audit(String... arguments) {
    return AuditCommand.run(
        new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), arguments);
  }
}
