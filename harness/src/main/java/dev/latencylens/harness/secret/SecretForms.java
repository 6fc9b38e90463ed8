package dev.latencylens.harness.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The forms in which a key turns up in a text: as it is, percent-encoded, escaped in JSON, in
 * hexadecimal, and in base64 at whatever place of a larger text it was encoded. Forms are kept so
 * that they can be wiped with the key. Not thread-safe.
 */
final class SecretForms {
  /** Fewer characters of a key tell nothing, and stand in many texts by chance. */
  static final int TELLING = 8;

  private final char[] plain;
  private final List<char[]> forms = new ArrayList<>();

  SecretForms(final char[] plain) {
    this.plain = plain;
    final String key = new String(plain);
    final Set<String> all = new LinkedHashSet<>();
    all.add(key);
    if (key.length() >= TELLING) {
      final byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      for (final String unreserved : List.of("-._~", "-._*")) {
        all.add(percentEncoded(bytes, unreserved, true));
        all.add(percentEncoded(bytes, unreserved, false));
      }
      all.add(key.replace("\\", "\\\\").replace("\"", "\\\""));
      all.add(key.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"));
      all.add(HexFormat.of().formatHex(bytes));
      all.add(HexFormat.of().withUpperCase().formatHex(bytes));
      for (int before = 0; before < 3; before++) {
        final String encoded = base64(bytes, before);
        all.add(encoded);
        all.add(encoded.replace('+', '-').replace('/', '_'));
      }
    }
    all.stream()
        .filter(form -> form.equals(key) || form.length() >= TELLING)
        .forEach(form -> forms.add(form.toCharArray()));
  }

  /**
   * What base64 makes of the key behind other bytes: it depends on how many stand before it, modulo
   * 3. Characters that mix with the neighbours are left out.
   */
  private static String base64(final byte[] key, final int before) {
    final byte[] shifted = new byte[before + key.length];
    System.arraycopy(key, 0, shifted, before, key.length);
    final String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    final int whole = shifted.length % 3 == 0 ? encoded.length() : encoded.length() - 1;
    return encoded.substring(before == 0 ? 0 : before + 1, whole);
  }

  /**
   * All but letters, digits and the unreserved marks, which are not the same for URLs (RFC 3986)
   * and for forms ({@code application/x-www-form-urlencoded}).
   */
  private static String percentEncoded(
      final byte[] key, final String marks, final boolean upperCase) {
    final StringBuilder encoded = new StringBuilder();
    for (final byte each : key) {
      final char c = (char) (each & 0xff);
      final boolean unreserved =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || marks.indexOf(c) >= 0;
      if (unreserved) {
        encoded.append(c);
      } else {
        final String hex = String.format(Locale.ROOT, "%%%02x", (int) c);
        encoded.append(upperCase ? hex.toUpperCase(Locale.ROOT) : hex);
      }
    }
    return encoded.toString();
  }

  /** Takes the key out of a text in all forms, and its beginning where the text was cut off. */
  String redact(final String text, final String replacement) {
    final BitSet found = new BitSet();
    mark(text, found);
    return replace(text, found, replacement);
  }

  /**
   * Marks the characters of a text that belong to the key, in any form. All forms are looked for in
   * the same text: what one takes away could else be missing from another that overlaps it.
   */
  void mark(final String text, final BitSet found) {
    for (final char[] form : forms) {
      for (int at = indexOf(text, form, 0); at >= 0; at = indexOf(text, form, at + 1)) {
        found.set(at, at + form.length);
      }
    }
    final int most = Math.min(plain.length, text.length());
    for (int length = most; length >= TELLING; length--) {
      if (endsWithBeginning(text, length)) {
        found.set(text.length() - length, text.length());
        return;
      }
    }
  }

  /** A text with each run of marked characters replaced. */
  static String replace(final String text, final BitSet found, final String replacement) {
    if (found.isEmpty()) {
      return text;
    }
    final StringBuilder replaced = new StringBuilder(text.length());
    int from = 0;
    for (int begin = found.nextSetBit(0); begin >= 0; begin = found.nextSetBit(from)) {
      replaced.append(text, from, begin).append(replacement);
      from = found.nextClearBit(begin);
    }
    return replaced.append(text, from, text.length()).toString();
  }

  /** Without making the key a string, of which copies would lie about in memory. */
  private static int indexOf(final String text, final char[] form, final int from) {
    final int last = text.length() - form.length;
    for (int start = text.indexOf(form[0], from);
        start >= 0 && start <= last;
        start = text.indexOf(form[0], start + 1)) {
      int matched = 1;
      while (matched < form.length && text.charAt(start + matched) == form[matched]) {
        matched++;
      }
      if (matched == form.length) {
        return start;
      }
    }
    return -1;
  }

  private boolean endsWithBeginning(final String text, final int length) {
    final int from = text.length() - length;
    for (int i = 0; i < length; i++) {
      if (text.charAt(from + i) != plain[i]) {
        return false;
      }
    }
    return true;
  }

  void wipe() {
    forms.forEach(form -> Arrays.fill(form, '\0'));
    forms.clear();
  }
}
