package dev.latencylens.harness.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A key in the forms in which one turns up, and inputs in which control characters stand for them:
 * one byte is easier for a fuzzer to move about than a whole key.
 */
final class PlantedKey {
  /** Has no usual shape, and holds what each encoding changes. */
  static final String PLAIN = "zq+MARKfuzz/77=\\22~\"9xwv?Kp";

  private static final byte[] BYTES = PLAIN.getBytes(UTF_8);

  /** Written without the code under test: what may not survive. */
  private static final List<String> FORMS =
      List.of(
          PLAIN,
          URLEncoder.encode(PLAIN, UTF_8),
          PLAIN.replace("\\", "\\\\").replace("\"", "\\\""),
          HexFormat.of().formatHex(BYTES),
          HexFormat.of().withUpperCase().formatHex(BYTES),
          Base64.getEncoder().encodeToString(BYTES),
          Base64.getUrlEncoder().withoutPadding().encodeToString(BYTES),
          base64Behind("u:"),
          base64Behind("x"));

  /** What of a form tells the key: all of it, but what base64 mixes with the neighbours. */
  private static final List<String> TELLING =
      FORMS.stream().map(form -> form.substring(4, form.length() - 4)).toList();

  private PlantedKey() {}

  private static String base64Behind(final String before) {
    return Base64.getEncoder().encodeToString((before + PLAIN).getBytes(UTF_8));
  }

  /** The input as text, with each control character from 1 on replaced by a form. */
  static String in(final byte[] input) {
    final StringBuilder text = new StringBuilder(input.length + 128);
    for (final char c : new String(input, ISO_8859_1).toCharArray()) {
      if (c > 0 && c <= FORMS.size()) {
        text.append(FORMS.get(c - 1));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /**
   * Fails if the key can be read from a redacted text.
   *
   * @param original what was redacted: pieces that stood there for themselves are no key
   */
  static void requireNotIn(final String redacted, final String original) {
    String pieces = original;
    for (final String form : FORMS) {
      pieces = pieces.replace(form, "\n");
    }
    for (final String form : TELLING) {
      if (redacted.contains(form) && !pieces.contains(form)) {
        throw new AssertionError("a key is left, as " + form + ": " + redacted);
      }
    }
  }
}
