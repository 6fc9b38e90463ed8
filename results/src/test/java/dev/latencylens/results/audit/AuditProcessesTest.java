package dev.latencylens.results.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The runner and its measuring processes write to one log: here they are real processes. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AuditProcessesTest {
  private final Path run;

  AuditProcessesTest(@TempDir Path above) throws IOException {
    run = AuditedRun.finished(above.resolve("run"), 1);
  }

  @Test
  void processesThatAppendAtTheSameTimeKeepOneChain() throws Exception {
    try (AppendingProcess first = AppendingProcess.start(run, "first", 100);
        AppendingProcess second = AppendingProcess.start(run, "second", 100)) {
      first.begin();
      second.begin();
      assertThat(first.awaitAnswer()).isEqualTo("appended");
      assertThat(second.awaitAnswer()).isEqualTo("appended");
    }

    assertIntact(1 + 2 * 100 * 5);
    assertThat(numbersOf("first")).hasSize(500).isSorted();
    assertThat(numbersOf("second")).hasSize(500).isSorted();
  }

  @Test
  void processesThatAppendInTurnKeepOneChain() throws Exception {
    AuditFile own = AuditFile.of(run);
    try (AppendingProcess first = AppendingProcess.start(run, "first", 1);
        AppendingProcess second = AppendingProcess.start(run, "second", 1)) {
      for (int i = 0; i < 20; i++) {
        for (AppendingProcess process : List.of(first, second)) {
          process.begin();
          assertThat(process.awaitAnswer()).isEqualTo("appended");
          own.append(List.of(AuditedRun.call(i)));
        }
      }
    }

    assertIntact(1 + 20 * 2 * 6);
  }

  @Test
  void aKilledProcessLeavesALogThatTheNextOneGoesOnWith() throws Exception {
    for (int i = 0; i < 5; i++) {
      try (AppendingProcess killed = AppendingProcess.start(run, "killed", 0)) {
        killed.begin();
        assertThat(killed.awaitAnswer()).isEqualTo("began");
        killed.kill();
      }
      AuditFile.of(run).append(List.of(AuditedRun.call(i)));
    }
    AuditFile.of(run).seal();

    AuditVerification verification = AuditVerification.of(run);
    assertThat(verification.findings()).isEmpty();
    assertThat(verification.notes()).hasSizeLessThanOrEqualTo(5);
    assertThat(verification.lines()).isGreaterThanOrEqualTo(1 + 5 * 6);
  }

  private void assertIntact(long lines) throws IOException {
    AuditFile.of(run).seal();
    AuditVerification verification = AuditVerification.of(run);
    assertThat(verification.findings()).isEmpty();
    assertThat(verification.notes()).isEmpty();
    assertThat(verification.lines()).isEqualTo(lines);
  }

  private List<Long> numbersOf(String name) throws IOException {
    List<Long> numbers = new ArrayList<>();
    ObjectMapper mapper = new ObjectMapper();
    for (String line : Files.readAllLines(run.resolve(AuditFile.NAME))) {
      var tree = mapper.readTree(line);
      if (tree.path("provider").asText().equals(name)) {
        numbers.add(tree.path("duration_ms").asLong());
      }
    }
    return numbers;
  }
}
