package dev.latencylens.harness.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in files and from commands, with real files, modes and processes. */
final class LocalKeysTest {
  private final Path directory;
  private final DotEnvKeys dotEnv = new DotEnvKeys();
  private final FileKeys files = new FileKeys();

  LocalKeysTest(@TempDir final Path directory) {
    this.directory = directory;
  }

  private Path file(final String content, final String mode) throws IOException {
    final Path file = directory.resolve(".env");
    Files.deleteIfExists(file);
    Files.writeString(file, content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static String value(final Optional<FoundKey> key) {
    final List<String> seen = new ArrayList<>();
    try (Secret secret = key.orElseThrow().secret()) {
      secret.use(seen::add);
    }
    return seen.get(0);
  }

  /** A reading that is refused. */
  private interface Reading {
    void run() throws KeyAccessException;
  }

  private static String refusal(final Reading reading) {
    final KeyAccessException refused = catchThrowableOfType(KeyAccessException.class, reading::run);
    assertThat(refused).hasNoCause();
    assertThat(refused.getMessage()).doesNotContain("MARKED");
    return refused.getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A_KEY=value1 | value1",
        "'A_KEY=\"value1\"' | value1",
        "A_KEY=a=b== | a=b==",
        "A_KEY = value1 | value1",
        "A_KEY=value1 # mine | value1"
      })
  void aLineOfADotEnvFileIsRead(final String line, final String key) throws Exception {
    final Path file = file("# keys\n\nOTHER=1\r\n" + line + "\nLAST=2\n", "rw-------");

    assertThat(value(dotEnv.read(new KeyLocation.DotEnv(file, "A_KEY")))).isEqualTo(key);
    assertThat(dotEnv.read(new KeyLocation.DotEnv(file, "B_KEY"))).isEmpty();
  }

  @Test
  void theEnvironmentIsNotMistakenForTheFile() throws Exception {
    final Path file = file("A_KEY=value1\n", "rw-------");

    assertThat(System.getenv("PATH")).isNotNull();
    assertThat(dotEnv.read(new KeyLocation.DotEnv(file, "PATH"))).isEmpty();
  }

  @Test
  void anEditedFileIsReadAgain() throws Exception {
    final KeyLocation.DotEnv place =
        new KeyLocation.DotEnv(file("A_KEY=value1\n", "rw-------"), "A_KEY");
    assertThat(value(dotEnv.read(place))).isEqualTo("value1");

    Files.writeString(place.file(), "A_KEY=value2\n");
    assertThat(value(dotEnv.read(place))).isEqualTo("value2");
    assertThat(dotEnv.read(place).orElseThrow().validFor()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void whatIsNotThereIsNoError() throws Exception {
    final Path none = directory.resolve("none");

    assertThat(dotEnv.read(new KeyLocation.DotEnv(none, "A_KEY"))).isEmpty();
    assertThat(files.read(new KeyLocation.KeyFile(none))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx--x---", "rw-rw-rw-"})
  void aFileThatOthersHaveAccessToIsRefusedWithTheCommandThatMendsIt(final String mode)
      throws Exception {
    final Path file = file("A_KEY=MARKED\n", mode);

    final String remedy = file + " is open to other users, and it holds a key: chmod 600 " + file;
    assertThat(refusal(() -> dotEnv.read(new KeyLocation.DotEnv(file, "A_KEY")))).isEqualTo(remedy);
    assertThat(refusal(() -> files.read(new KeyLocation.KeyFile(file)))).isEqualTo(remedy);
    final Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    assertThat(refusal(() -> files.read(new KeyLocation.KeyFile(link)))).contains("chmod 600");
  }

  @Test
  void aStricterModeIsFine() throws Exception {
    final Path file = file("value1", "r--------");

    assertThat(value(files.read(new KeyLocation.KeyFile(file)))).isEqualTo("value1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MARKED one two",
        "A_KEY=\nMARKED",
        "A_KEY=MARKED one",
        "A_KEY='MARKED",
        "export A_KEY=MARKED"
      })
  void aBrokenFileIsRefusedAndNotRepeated(final String content) throws Exception {
    final Path file = file(content, "rw-------");

    assertThat(refusal(() -> dotEnv.read(new KeyLocation.DotEnv(file, "A_KEY"))))
        .contains(file.toString());
  }

  @Test
  void whatIsNoKeyFileIsRefused() throws Exception {
    assertThat(refusal(() -> files.read(new KeyLocation.KeyFile(directory))))
        .contains("is not a file");
    final Path empty = file("", "rw-------");
    assertThat(refusal(() -> files.read(new KeyLocation.KeyFile(empty))))
        .endsWith("the key is empty");
    final Path large = file("k".repeat(70_000), "rw-------");
    assertThat(refusal(() -> files.read(new KeyLocation.KeyFile(large))))
        .contains("larger than 64 KiB");
  }

  private static Optional<FoundKey> run(final CommandKeys commands, final String script)
      throws KeyAccessException {
    return commands.read(new KeyLocation.Command(List.of("sh", "-c", script)));
  }

  @Test
  void theFirstLineThatACommandPrintsIsTheKey() throws Exception {
    final CommandKeys commands = new CommandKeys(Set.of());

    assertThat(value(run(commands, "echo value1; echo user: me"))).isEqualTo("value1");
    assertThat(value(commands.read(new KeyLocation.Command(List.of("echo", "$HOME;x")))))
        .as("no shell")
        .isEqualTo("$HOME;x");
  }

  @Test
  void aCommandDoesNotGetTheVariablesOfOtherKeys() throws Exception {
    assertThat(System.getenv("PATH")).isNotNull();

    assertThat(value(run(new CommandKeys(Set.of("PATH")), "env | grep -c ^PATH= || true")))
        .isEqualTo("0");
  }

  @Test
  void aCommandThatFailsIsToldByItsNameAndStatusAlone() {
    final CommandKeys commands = new CommandKeys(Set.of());

    assertThat(refusal(() -> run(commands, "echo MARKED; exit 3")))
        .isEqualTo("sh ended with status 3: run it by hand to see why");
    assertThat(refusal(() -> run(commands, "echo")))
        .isEqualTo("sh printed no key: the key is empty");
    assertThat(refusal(() -> run(commands, "head -c 70000 /dev/zero | tr '\\0' M")))
        .contains("more than 64 KiB");
    assertThat(
            refusal(() -> commands.read(new KeyLocation.Command(List.of("no-such-command-here")))))
        .isEqualTo("no-such-command-here can't be run: install it, or name another place");
  }

  @Test
  void aCommandThatHangsIsStoppedWithItsChildren() throws Exception {
    final Path pid = directory.resolve("pid");
    final CommandKeys commands = new CommandKeys(Set.of(), Duration.ofMillis(500));

    assertThat(refusal(() -> run(commands, "sleep 600 & echo $! > '" + pid + "'; wait")))
        .startsWith("sh printed no key within");

    final Optional<ProcessHandle> child =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
    if (child.isPresent()) {
      child.get().onExit().join();
    }
  }
}
