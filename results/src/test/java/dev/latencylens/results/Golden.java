package dev.latencylens.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that others script against, byte by byte. To accept an intended change, run with {@code
 * -Dgolden.write=src/test/resources/golden} and read the difference.
 */
public final class Golden {
  private Golden() {}

  /** Holds a text against the golden file of that name. */
  public static void check(String name, String text) throws IOException {
    String target = System.getProperty("golden.write");
    if (target != null) {
      Files.writeString(Path.of(target, name), text);
      return;
    }
    try (InputStream golden = Golden.class.getResourceAsStream("/golden/" + name)) {
      assertThat(golden).as("golden file %s", name).isNotNull();
      assertThat(text).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
