package dev.latencylens.benchmarks.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Made-up keys that no other text holds, and the search for them in whatever form. */
final class MarkedKeys {
  static final String OPENAI = "sk-proj-Zx81KqPw0dTn5";
  static final String ANTHROPIC = "sk+ant/Yc47RbVm3uHs9=";
  static final String GOOGLE = "AIza.Wd62LfJg8oEk4";

  static final Map<String, String> ENVIRONMENT =
      Map.of("OPENAI_API_KEY", OPENAI, "ANTHROPIC_API_KEY", ANTHROPIC, "GEMINI_API_KEY", GOOGLE);

  /** The part of each that looks the same in a URL, in JSON and in a shell. */
  private static final List<String> MARKS =
      List.of("Zx81KqPw0dTn5", "Yc47RbVm3uHs9", "Wd62LfJg8oEk4");

  private static final List<String> FORMS = MARKS.stream().flatMap(MarkedKeys::forms).toList();

  private MarkedKeys() {}

  private static Stream<String> forms(final String mark) {
    final List<String> forms = new ArrayList<>();
    forms.add(mark);
    final byte[] bytes = mark.getBytes(StandardCharsets.UTF_8);
    // What base64 makes of a text depends on how many bytes stand before it, modulo 3. The
    // characters at both ends mix with the neighbours and are left out.
    for (int before = 0; before < 3; before++) {
      final byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      final String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      forms.add(encoded.substring(before == 0 ? 0 : before + 1, encoded.length() - 1));
    }
    return forms.stream();
  }

  /** The forms of a key that a text holds; none is what it should be. */
  static List<String> in(final String text) {
    return FORMS.stream().filter(text::contains).toList();
  }

  static boolean isIn(final String text) {
    return !in(text).isEmpty();
  }

  /** The files under a directory that hold a key, in their name or in their bytes. */
  static List<Path> filesUnder(final Path directory) throws IOException {
    return WatchedBench.filesWithKeys(directory, MarkedKeys::isIn);
  }
}
