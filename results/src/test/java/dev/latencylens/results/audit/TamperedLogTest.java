package dev.latencylens.results.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a sealed log, verification finds it and names a line. */
class TamperedLogTest {
  private static final int LINES = 6;

  private final Random random = new Random(20261123);
  private final Path above;
  private Path run = Path.of("");
  private Path file = Path.of("");
  private byte[] original = {};

  TamperedLogTest(@TempDir Path above) {
    this.above = above;
  }

  @BeforeEach
  void seal() throws IOException {
    run = AuditedRun.sealed(above.resolve("run"), LINES);
    file = run.resolve(AuditFile.NAME);
    original = Files.readAllBytes(file);
    assertThat(AuditVerification.of(run).intact()).isTrue();
    assertThat(AuditVerification.of(run).lines()).isEqualTo(LINES);
  }

  @Test
  void anyChangedByteIsFoundAtItsLine() throws IOException {
    long line = 1;
    for (int at = 0; at < original.length; at++) {
      byte[] changed = original.clone();
      do {
        changed[at] = (byte) random.nextInt(256);
      } while (changed[at] == original[at]);
      assertNamed(changed, line, "byte " + at);
      if (original[at] == '\n') {
        line++;
      }
    }
    assertThat(line).isEqualTo(LINES + 1);
  }

  @Test
  void aCutAtAnyByteIsFoundAtTheLineItHits() throws IOException {
    long line = 1;
    for (int length = 0; length < original.length; length++) {
      assertNamed(Arrays.copyOf(original, length), line, "cut to " + length);
      if (original[length] == '\n') {
        line++;
      }
    }
  }

  @Test
  void aRemovedLineIsFound() throws IOException {
    for (int i = 0; i < LINES; i++) {
      List<String> lines = lines();
      lines.remove(i);
      assertNamed(lines, i + 1, "without " + (i + 1));
    }
  }

  @Test
  void severalRemovedLinesAreCounted() throws IOException {
    List<String> lines = lines();
    lines.subList(2, 5).clear();

    assertThat(found(lines))
        .containsExactly(
            "audit.jsonl line 3 is number 6 of the chain: 3 lines are missing before it");
  }

  @Test
  void aRepeatedLineIsFound() throws IOException {
    for (int from = 0; from < LINES; from++) {
      for (int to = 0; to <= LINES; to++) {
        List<String> lines = lines();
        lines.add(to, lines.get(from));
        // Beside its original, either of the two is the copy.
        assertNamed(lines, to == from ? to + 2 : to + 1, from + " repeated at " + to);
      }
    }
  }

  @Test
  void swappedLinesAreFound() throws IOException {
    for (int first = 0; first < LINES; first++) {
      for (int second = first + 1; second < LINES; second++) {
        List<String> lines = lines();
        Collections.swap(lines, first, second);
        assertNamed(lines, first + 1, first + " and " + second);
      }
    }
  }

  @Test
  void anInsertedLineWithARightHashIsFound() throws IOException {
    for (int at = 0; at <= LINES; at++) {
      List<String> lines = lines();
      String previous = at == 0 ? ChainedLine.NONE : hash(lines.get(at - 1));
      lines.add(at, forged(at + 1, previous));
      assertNamed(lines, at == LINES ? at + 1 : at + 2, "forged at " + at);
    }
  }

  @Test
  void aLineReplacedByOneWithARightHashIsFound() throws IOException {
    for (int at = 0; at < LINES; at++) {
      List<String> lines = lines();
      lines.set(at, forged(at + 1, at == 0 ? ChainedLine.NONE : hash(lines.get(at - 1))));
      // Its hash is right, so that it is the next line that does not go with it, or the head.
      assertNamed(lines, at == LINES - 1 ? at + 1 : at + 2, "replaced " + at);
    }
  }

  @Test
  void aRepeatedLineIsCalledSo() throws IOException {
    List<String> lines = lines();
    lines.add(4, lines.get(1));

    assertThat(found(lines))
        .contains(
            "audit.jsonl line 5 is number 2 of the chain: it was moved, repeated or inserted");
  }

  @Test
  void aLogRewrittenFromAnyLineOnWithRightHashesIsFoundByTheHeadOutside() throws IOException {
    for (int from = 0; from < LINES; from++) {
      List<String> lines = lines().subList(0, from);
      String previous = from == 0 ? ChainedLine.NONE : hash(lines.get(from - 1));
      for (int i = from; i < LINES; i++) {
        String line = forged(i + 1, previous);
        lines.add(line);
        previous = hash(line);
      }
      assertNamed(lines, LINES, "rewritten from " + from);
    }
  }

  @Test
  void whatIsAppendedAfterTheSealIsFound() throws IOException {
    AuditFile.of(run).append(List.of(AuditedRun.call(99)));

    assertThat(found(Files.readAllBytes(file)))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("audit.jsonl line 7 and what follows was added after the log was sealed");
  }

  @Test
  void aRemovedFileIsFound() throws IOException {
    Files.delete(file);

    AuditVerification verification = AuditVerification.of(run);

    assertThat(verification.findings())
        .extracting(AuditFinding::inWords)
        .hasSize(1)
        .first()
        .asString()
        .startsWith("audit.jsonl is missing: it had 6 lines when it was sealed at 20");
  }

  @Test
  void aRemovedRunIsFoundUnlessItWasErased() throws IOException {
    try (var files = Files.walk(run)) {
      for (Path each : files.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
    assertThat(AuditVerification.of(run).intact()).isFalse();

    AuditHeads.beside(run).erased();

    assertThat(AuditedRun.sealed(run, 2)).isDirectory();
    assertThat(AuditVerification.of(run).intact()).isTrue();
    assertThat(AuditVerification.of(run).notes()).isEmpty();
  }

  @Test
  void aLaterLineDoesNotHideWhatWasCutBefore() throws IOException {
    Files.write(file, String.join("", lines().subList(0, 4)).getBytes(US_ASCII));
    AuditFile.of(run).amend(AuditEntry.now("export"));

    assertThat(AuditVerification.of(run).findings())
        .extracting(AuditFinding::inWords)
        .anyMatch(text -> text.startsWith("audit.jsonl line 6 is missing"));
  }

  @Test
  void anyChangedByteOfTheHeadsIsFound() throws IOException {
    Path heads = above.resolve(AuditHeads.NAME);
    byte[] good = Files.readAllBytes(heads);
    for (int at = 0; at < good.length; at++) {
      byte[] changed = good.clone();
      changed[at] ^= (byte) (1 + random.nextInt(255));
      Files.write(heads, changed);
      assertThat(AuditVerification.of(run).intact()).as("byte %d", at).isFalse();
    }
  }

  @Test
  void aRemovedHeadOfARunThatIsOverIsFound() throws IOException {
    Path heads = above.resolve(AuditHeads.NAME);
    Files.writeString(heads, Files.readAllLines(heads).get(0) + "\n");

    assertThat(AuditVerification.of(run).findings())
        .extracting(AuditFinding::inWords)
        .hasSize(1)
        .first()
        .asString()
        .contains("audit-heads.jsonl has no head of this run, though the run is over");
  }

  private void assertNamed(List<String> lines, long line, String what) throws IOException {
    assertNamed(String.join("", lines).getBytes(US_ASCII), line, what);
  }

  private void assertNamed(byte[] content, long line, String what) throws IOException {
    Files.write(file, content);
    assertThat(AuditVerification.of(run).findings())
        .as(what)
        .extracting(AuditFinding::line)
        .contains(line);
  }

  private List<String> found(List<String> lines) throws IOException {
    return found(String.join("", lines).getBytes(US_ASCII));
  }

  private List<String> found(byte[] content) throws IOException {
    Files.write(file, content);
    return AuditVerification.of(run).findings().stream().map(AuditFinding::inWords).toList();
  }

  /** The lines with their line ends. */
  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    new String(original, US_ASCII).lines().forEach(line -> lines.add(line + "\n"));
    return lines;
  }

  private static String hash(String line) {
    return line.substring(line.length() - 67, line.length() - 3);
  }

  private static String forged(long seq, String previous) throws IOException {
    return ChainedLine.write(
            seq,
            previous,
            Optional.empty(),
            JsonNodeFactory.instance.objectNode().put("event", "api_call"))
        .text();
  }
}
