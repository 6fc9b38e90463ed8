package dev.latencylens.benchmarks.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that only the user's own table of dialects knows. */
final class OwnDialectTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final Path directory;

  OwnDialectTest(@TempDir final Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void describe() throws IOException {
    Files.writeString(
        directory.resolve("dialects.yaml"),
        "dialects: [{ id: my-gateway, base_url: 'https://llm.example.com/v1',"
            + " key_variable: MY_GATEWAY_KEY_THAT_NOBODY_HAS }]\n");
    Files.writeString(
        directory.resolve("my.yaml"),
        "targets: [{ provider: my-gateway, model: m }]\ndialects: dialects.yaml\n");
  }

  private int bench(final String... more) {
    final String[] arguments = new String[more.length + 2];
    arguments[0] = "--config";
    arguments[1] = directory.resolve("my.yaml").toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return BenchCommand.run(
        new PrintStream(out, true, UTF_8), new PrintStream(log, true, UTF_8), arguments);
  }

  @Test
  void isPlannedLikeEveryOther() {
    assertThat(bench("--dry-run")).isZero();
    assertThat(out.toString(UTF_8)).contains("my-gateway/m");
  }

  @Test
  void itsKeyIsLookedForInTheEntrysVariable() {
    assertThat(bench()).isEqualTo(2);
    assertThat(log.toString(UTF_8)).contains("set MY_GATEWAY_KEY_THAT_NOBODY_HAS");
  }

  @Test
  void cannotBeRehearsed() {
    assertThat(bench("--simulate")).isEqualTo(2);
    assertThat(log.toString(UTF_8))
        .contains("the simulator does not answer at the path that target my-gateway/m asks");
  }
}
