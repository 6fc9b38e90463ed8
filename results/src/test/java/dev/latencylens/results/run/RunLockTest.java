package dev.latencylens.results.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
  private final Path run;

  RunLockTest(@TempDir Path run) {
    this.run = run;
  }

  /** Another process that holds the lock until it is killed. */
  static final class Holder {
    public static void main(String[] arguments) throws IOException {
      try (RunLock lock = RunLock.tryAcquire(Path.of(arguments[0])).orElseThrow()) {
        System.out.println("locked " + (lock != null));
        System.out.flush();
        int unused = System.in.read();
      }
    }
  }

  @Test
  void aLockEndsWithItsProcessHoweverThatEnds() throws Exception {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                run.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader said = holder.inputReader(UTF_8)) {
      assertThat(said.readLine()).isEqualTo("locked true");
      assertThat(RunLock.tryAcquire(run)).isEmpty();
      assertThat(RunLock.wasEverTaken(run)).isTrue();

      holder.destroyForcibly().waitFor();

      try (RunLock free = RunLock.tryAcquire(run).orElseThrow()) {
        assertThat(free).isNotNull();
      }
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void oneProcessTakesItOnceToo() throws IOException {
    assertThat(RunLock.wasEverTaken(run)).isFalse();
    RunLock first = RunLock.tryAcquire(run).orElseThrow();
    assertThat(RunLock.tryAcquire(run)).isEmpty();
    assertThat(RunLock.tryAcquire(run.resolve("."))).isEmpty();
    first.close();

    RunLock.tryAcquire(run).orElseThrow().close();
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path elsewhere = run.resolve("elsewhere");
    Files.createSymbolicLink(run.resolve(RunLock.FILE), elsewhere);

    assertThatThrownBy(() -> RunLock.tryAcquire(run)).isInstanceOf(RunFormatException.class);
    assertThat(elsewhere).doesNotExist();
  }
}
