package dev.latencylens.results.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.results.CleanRun;
import dev.latencylens.results.care.CareLog;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunLock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentPublicationTest {
  private final Path published;
  private final RunDirectory run;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  ConcurrentPublicationTest(@TempDir Path directory) throws IOException {
    published = Files.createDirectory(directory.resolve("published"));
    run = CleanRun.create(directory.resolve("run"), Instant.parse("2026-11-23T01:33:00Z"), 200);
  }

  @Test
  void aSecondPublicationWaitsForNobodyAndWritesNothing() throws IOException {
    RunLock other = RunLock.tryAcquire(published, ".lock").orElseThrow();

    assertThat(publish()).isEqualTo(1);

    assertThat(err.toString(UTF_8)).contains("another publication", "try again").hasLineCount(1);
    assertThat(published)
        .isDirectoryContaining("glob:**/.lock")
        .isDirectoryNotContaining("glob:**/0*");
    other.close();
    assertThat(publish()).isZero();
    assertThat(published.resolve("0.2.0/SHA256SUMS")).exists();
  }

  private int publish() {
    return PublishCommand.run(
        new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
        new PrintStream(err, true, UTF_8),
        CareLog.NONE,
        List.of(),
        run.path().toString(),
        "--as",
        "0.2.0",
        "--published",
        published.toString());
  }
}
