package dev.latencylens.harness.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latencylens.harness.config.ConfigurationException;
import dev.latencylens.harness.config.ConfigurationReader;
import dev.latencylens.harness.config.Problem;
import dev.latencylens.harness.provider.Providers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;

/**
 * Any bytes end in a configuration or in problems with their places, and neither shows a key that
 * stands somewhere in the file.
 */
final class ConfigurationFuzzTest {
  /**
   * Stands for {@link #KEY}: one byte is easier to move about, and YAML knows no such character.
   */
  private static final byte KEY_HERE = 1;

  private static final String MARK = "MARKfuzz";
  private static final String KEY = "sk-" + MARK + "0123456789abcdef";
  private static final Pattern SHOWN = Pattern.compile("(?<![A-Za-z0-9_])sk-" + MARK);
  private static final byte[] KEY_BYTES = KEY.getBytes(UTF_8);

  private static final Allocation ALLOCATION = new Allocation(16 << 20, 16 << 10);

  private static final Providers PROVIDERS = Providers.load();

  /** In memory, so that no file of this machine is named by chance. */
  private static final Path FILE = file();

  private static Path file() {
    try {
      final Path directory = MemoryFiles.newDirectory();
      final Path file = directory.resolve("bench.yaml");
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return file;
    } catch (final IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @FuzzTest
  @DictionaryFile(resourcePath = "yaml.dict")
  void yaml(final byte[] input) throws IOException {
    final byte[] yaml = planted(input);
    Files.write(FILE, yaml);
    ALLOCATION.hold(yaml.length, () -> check(new String(yaml, UTF_8)));
  }

  private static void check(final String yaml) {
    final String said = said();
    // Pieces of the mark elsewhere in the input are no key, and what is glued to a word isn't
    // known.
    if (SHOWN.matcher(said).find() && !yaml.replace(KEY, "").contains(MARK)) {
      throw new AssertionError("a key is shown: " + said);
    }
  }

  private static String said() {
    try {
      return ConfigurationReader.read(FILE, PROVIDERS).redacted().toString();
    } catch (final ConfigurationException e) {
      requirePlaces(e);
      return e.getMessage();
    }
  }

  private static void requirePlaces(final ConfigurationException e) {
    if (e.problems().isEmpty()) {
      throw new AssertionError("refused without a problem");
    }
    for (final Problem problem : e.problems()) {
      if (problem.message().isBlank() || (problem.line() == 0) != (problem.column() == 0)) {
        throw new AssertionError("a problem without its place: " + problem);
      }
    }
  }

  private static byte[] planted(final byte[] input) {
    final ByteArrayOutputStream planted = new ByteArrayOutputStream(input.length + 256);
    for (final byte b : input) {
      if (b == KEY_HERE) {
        planted.writeBytes(KEY_BYTES);
      } else {
        planted.write(b);
      }
    }
    return planted.toByteArray();
  }
}
