package dev.latencylens.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs of the oldest format are read, and those of a newer one refused by name. */
class SchemaVersionsTest {
  private final Path directory;

  SchemaVersionsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @EnumSource(
      value = RunCommand.class,
      names = {"REPORT_FROM_LOGS", "COMPARE"},
      mode = EnumSource.Mode.EXCLUDE)
  void theOldestFormatIsRead(RunCommand command) throws IOException {
    Path run = RecordedRun.copy(RecordedRun.FIRST, directory.resolve("run"));
    Path other = RecordedRun.copy(RecordedRun.FIRST, directory.resolve("other"));
    for (Path each : List.of(run, other)) {
      CleanRun.edit(RunDirectory.open(each), manifest -> at(manifest, "git").put("dirty", false));
    }
    RecordedRun.elsewhere(other);
    if (command == RunCommand.HISTORY) {
      RunCommand.REPORT.run(run, other, directory);
      RunCommand.makeRelease(run);
    }

    RunCommand.Ended ended = command.run(run, other, directory);

    assertThat(ended.err()).doesNotContain("damaged", "left out");
    // Streams that a limit refused are no errors, but a run of them is not whole either.
    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.out()).isNotEmpty();
  }

  private static ObjectNode at(ObjectNode manifest, String field) {
    return (ObjectNode) manifest.get(field);
  }

  @Test
  void theOldestAccountsBalance() throws IOException {
    Path run = RecordedRun.copy(RecordedRun.FIRST, directory.resolve("run"));

    assertThat(RunDirectory.open(run).rounds().rounds())
        .hasSize(2)
        .allSatisfy(
            round -> {
              assertThat(round.account().balances()).isTrue();
              assertThat(round.account().refused()).isEqualTo(1);
            });
  }

  @ParameterizedTest
  @EnumSource(RunCommand.class)
  void aNewerFormatIsRefusedWithItsVersion(RunCommand command) throws IOException {
    Path run = RecordedRun.copy(RecordedRun.RECORDED, directory.resolve("run"));
    Path other = RecordedRun.copy(RecordedRun.RECORDED, directory.resolve("other"));
    int newer = Manifest.SCHEMA_VERSION + 1;
    CleanRun.edit(RunDirectory.open(run), manifest -> manifest.put("schema_version", newer));
    if (command == RunCommand.HISTORY) {
      RunCommand.makeRelease(run);
    }

    RunCommand.Ended ended = command.run(run, other, directory);

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .contains("was written by a newer Latency Lens (schema version " + newer)
        .doesNotContain("\tat ");
    assertThat(run).as("nothing is erased that nobody understands").isDirectory();
    assertThat(Files.exists(directory.resolve("merged"))).isFalse();
  }
}
