package dev.latencylens.harness.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latencylens.harness.secret.KeyLocation;
import dev.latencylens.harness.secret.KeyRing;
import dev.latencylens.harness.secret.KeySupply.ReadKey;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.secret.Secret;
import dev.latencylens.harness.secret.VaultSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Any {@code .env} file ends in a key or in a message that repeats nothing of the file. */
final class DotEnvFuzzTest {
  private static final Allocation ALLOCATION = new Allocation(4 << 20, 8192);
  private static final String MARK = "MARKfuzz";

  /** On disk: the library that reads it takes no other. */
  private static final Path FILE = file();

  private static final KeyRing RING =
      new KeyRing(Map.of(), Optional.empty(), VaultSettings.FROM_ENVIRONMENT);

  private static Path file() {
    try {
      final Path file =
          Files.createTempFile(
              "fuzz",
              ".env",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      file.toFile().deleteOnExit();
      return file;
    } catch (final IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @FuzzTest
  @DictionaryEntries({
    "API_KEY=",
    "MARKfuzz",
    "export ",
    "\\x0a",
    "\\x0d\\x0a",
    "#",
    "\"",
    "'",
    "${"
  })
  void dotEnv(final byte[] content) throws IOException {
    Files.write(FILE, content);
    ALLOCATION.hold(content.length, DotEnvFuzzTest::read);
  }

  private static void read() {
    try {
      final ReadKey found = RING.read(List.of(new KeyLocation.DotEnv(FILE, "API_KEY")), "a test");
      try (Secret key = found.secret()) {
        require(!found.toString().contains(MARK), found.toString());
        key.use(value -> require(!value.isBlank(), "an empty key"));
      }
    } catch (final MissingKeyException e) {
      require(!e.getMessage().contains(MARK), e.getMessage());
    }
  }

  private static void require(final boolean holds, final String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
