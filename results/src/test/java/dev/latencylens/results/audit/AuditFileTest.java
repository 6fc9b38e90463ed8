package dev.latencylens.results.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latencylens.results.run.RunFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {
  private final Path above;
  private final Path path;

  AuditFileTest(@TempDir Path above) {
    this.above = above;
    path = above.resolve("run");
  }

  @Test
  void aLineIsWrittenAsDocumented() throws Exception {
    AuditedRun.unfinished(path, 0);
    AuditFile.of(path)
        .append(
            List.of(
                AuditEntry.of(Instant.parse("2026-11-23T01:33:00.123456Z"), "config_changed")
                    .with(AuditField.CHANGED, List.of("load.streams", "\u00e4\n")),
                AuditEntry.of(Instant.parse("2026-11-23T01:33:01Z"), "api_call")
                    .with(AuditField.DURATION_MS, 12)
                    .with(AuditField.PROVIDER, "openai")));

    List<String> lines = Files.readAllLines(path.resolve("audit.jsonl"), US_ASCII);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .startsWith(
            "{\"seq\":1,\"previous\":\""
                + "0".repeat(64)
                + "\",\"timestamp\":\"2026-11-23T01:33:00.123Z\",\"event\":\"config_changed\","
                + "\"changed\":[\"load.streams\",\"\\u00E4\\n\"],\"hash\":\"");
    assertThat(lines.get(1))
        .startsWith("{\"seq\":2,\"previous\":\"" + statedHash(lines.get(0)))
        .contains(
            "\",\"timestamp\":\"2026-11-23T01:33:01.000Z\",\"event\":\"api_call\","
                + "\"provider\":\"openai\",\"duration_ms\":12,\"hash\":\"");
    for (String line : lines) {
      String hashed = line.substring(0, line.lastIndexOf(",\"hash\":"));
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(hashed.getBytes(US_ASCII));
      assertThat(statedHash(line)).isEqualTo(HexFormat.of().formatHex(sha256));
    }
  }

  @Test
  void theFilesAreTheirOwnersAlone() throws IOException {
    AuditedRun.sealed(path, 3);

    for (Path file : List.of(path.resolve("audit.jsonl"), above.resolve("audit-heads.jsonl"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void theHeadStandsOutsideTheRunDirectory() throws IOException {
    AuditedRun.sealed(path, 3);

    String head = statedHash(Files.readAllLines(path.resolve("audit.jsonl")).get(2));
    assertThat(Files.readAllLines(above.resolve("audit-heads.jsonl")))
        .hasSize(2)
        .last()
        .asString()
        .contains("\"run\":\"run\",\"lines\":3,\"head\":\"" + head + "\"");
  }

  @Test
  void aTornLineIsReportedAndTheNextAppendGoesOnBehindIt() throws IOException {
    AuditedRun.finished(path, 3);
    Path file = path.resolve("audit.jsonl");
    byte[] whole = Files.readAllBytes(file);
    int torn = new String(whole, US_ASCII).lastIndexOf("{\"seq\":3") + 40;
    Files.write(file, Arrays.copyOf(whole, torn));
    assertThat(AuditVerification.of(path).findings())
        .extracting(AuditFinding::inWords)
        .contains("audit.jsonl line 3 is cut off: its end is missing");

    AuditFile.of(path).append(List.of(AuditedRun.call(7), AuditedRun.call(8)));
    AuditFile.of(path).seal();

    AuditVerification mended = AuditVerification.of(path);
    assertThat(mended.findings()).isEmpty();
    assertThat(mended.notes())
        .extracting(AuditFinding::inWords)
        .containsExactly(
            "audit.jsonl line 3 was cut off when its writer was killed;"
                + " the next line accounts for it");
    assertThat(mended.lines()).isEqualTo(5);
  }

  @Test
  void aTornLineThatWasAccountedForCanNotBeChangedOrRemoved() throws IOException {
    AuditedRun.finished(path, 2);
    Path file = path.resolve("audit.jsonl");
    Files.writeString(file, "{\"seq\":3,\"prev", StandardOpenOption.APPEND);
    AuditFile.of(path).append(List.of(AuditedRun.call(7)));
    AuditFile.of(path).seal();
    String good = Files.readString(file);
    assertThat(AuditVerification.of(path).findings()).isEmpty();

    Files.writeString(file, good.replace("{\"seq\":3,\"prev\n", "{\"seq\":3,\"prex\n"));
    assertThat(AuditVerification.of(path).findings())
        .extracting(AuditFinding::line)
        .containsExactly(3L, 4L);
    Files.writeString(file, good.replace("{\"seq\":3,\"prev\n", ""));
    assertThat(AuditVerification.of(path).findings())
        .extracting(AuditFinding::line)
        .containsExactly(3L);
  }

  @Test
  void aFileThatBeginsWithATornLineIsGoneOnWith() throws IOException {
    AuditedRun.finished(path, 0);
    Files.writeString(path.resolve("audit.jsonl"), "{\"seq\":1,\"prev");

    AuditFile.of(path).append(List.of(AuditedRun.call(1)));
    AuditFile.of(path).seal();

    assertThat(AuditVerification.of(path).intact()).isTrue();
  }

  @Test
  void aWholeLineThatWasDamagedIsNeverAccountedFor() throws IOException {
    AuditedRun.finished(path, 3);
    Path file = path.resolve("audit.jsonl");
    Files.writeString(file, Files.readString(file).replace("r1-2", "r1-9"));

    AuditFile.of(path).append(List.of(AuditedRun.call(7)));
    AuditFile.of(path).seal();

    assertThat(AuditVerification.of(path).findings())
        .extracting(AuditFinding::inWords)
        .contains("audit.jsonl line 3 was changed: its hash is not that of its content");
  }

  @Test
  void aLogThatIsCutWhileItIsWrittenIsRefused() throws IOException {
    AuditedRun.unfinished(path, 0);
    AuditFile file = AuditFile.of(path);
    file.append(List.of(AuditedRun.call(1), AuditedRun.call(2)));
    Files.delete(path.resolve("audit.jsonl"));

    assertThatThrownBy(() -> file.append(List.of(AuditedRun.call(3))))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("became shorter");
    assertThatThrownBy(() -> AuditFile.of(path).seal())
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("missing or empty");
  }

  @Test
  void aLinkInPlaceOfTheLogIsNotFollowed() throws IOException {
    AuditedRun.unfinished(path, 0);
    Path elsewhere = Files.createFile(above.resolve("elsewhere"));
    Files.createSymbolicLink(path.resolve("audit.jsonl"), elsewhere);

    assertThatThrownBy(() -> AuditFile.of(path).append(List.of(AuditedRun.call(1))))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("symbolic link");
    assertThat(elsewhere).isEmptyFile();
    assertThat(AuditVerification.of(path).intact()).isFalse();
  }

  @Test
  void aNewRunDoesNotTakeOverALog() throws IOException {
    AuditedRun.unfinished(path, 1);

    assertThatThrownBy(() -> AuditFile.of(path).begin())
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("there already");
  }

  @Test
  void laterEventsOfASealedRunMoveTheHead() throws IOException {
    AuditedRun.sealed(path, 3);

    AuditFile.of(path).amend(AuditEntry.now("erase").with(AuditField.STREAMS, 12));
    AuditFile.of(path).amend(AuditEntry.now("export").with(AuditField.BYTES, 1_000));

    AuditVerification verification = AuditVerification.of(path);
    assertThat(verification.findings()).isEmpty();
    assertThat(verification.lines()).isEqualTo(5);
    assertThat(Files.readAllLines(above.resolve("audit-heads.jsonl"))).hasSize(4);
  }

  @Test
  void aLaterEventDoesNotBeginALogAnewThatWasRemoved() throws IOException {
    AuditedRun.sealed(path, 3);
    Files.delete(path.resolve("audit.jsonl"));

    assertThatThrownBy(() -> AuditFile.of(path).amend(AuditEntry.now("export")))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("is gone or damaged");
    assertThat(path.resolve("audit.jsonl")).doesNotExist();
  }

  @Test
  void anUnfinishedRunHasNoHeadAndSaysSo() throws IOException {
    AuditedRun.unfinished(path, 3);
    AuditFile.of(path).amend(AuditEntry.now("export"));

    AuditVerification verification = AuditVerification.of(path);

    assertThat(verification.intact()).isTrue();
    assertThat(verification.sealed()).isEmpty();
    assertThat(verification.notes())
        .extracting(AuditFinding::inWords)
        .containsExactly(
            "audit-heads.jsonl has no head of this run, as it is unfinished: nobody can tell"
                + " whether lines are missing at the end");
  }

  @Test
  void aNameThatWasUsedBeforeIsTold() throws IOException {
    AuditedRun.sealed(path, 3);
    Files.move(path, above.resolve("moved"));

    AuditedRun.sealed(path, 2);

    assertThat(AuditVerification.of(path).intact()).isTrue();
    assertThat(AuditVerification.of(path).notes())
        .extracting(AuditFinding::inWords)
        .containsExactly(
            "audit-heads.jsonl tells of an earlier run in a directory of this name,"
                + " which was not erased");
    assertThat(AuditVerification.of(above.resolve("moved")).intact()).isFalse();
  }

  @Test
  void longValuesAreCutSoThatEveryLineCanBeRead() throws IOException {
    AuditedRun.unfinished(path, 0);
    List<String> names = Collections.nCopies(5_000, "\u0001".repeat(5_000));
    AuditEntry longest = AuditEntry.now("config_changed").with(AuditField.CHANGED, names);
    for (AuditField field : AuditField.values()) {
      if (field.type() == AuditField.Type.TEXT) {
        longest = longest.with(field, "\u0001".repeat(5_000));
      }
    }

    AuditFile.of(path).append(List.of(longest));

    assertThat(Files.size(path.resolve("audit.jsonl")))
        .isGreaterThan(10_000)
        .isLessThan(ChainedLine.LONGEST);
    assertThat(AuditVerification.of(path).intact()).isTrue();
  }

  private static String statedHash(String line) {
    Matcher hash = Pattern.compile("\"hash\":\"([0-9a-f]{64})\"}$").matcher(line);
    assertThat(hash.find()).isTrue();
    return hash.group(1);
  }
}
