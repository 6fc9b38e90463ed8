package dev.latencylens.harness.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the manifest says of a private text. */
final class Sha256 {
  private Sha256() {}

  /** The hash of the text in UTF-8, and its length in Unicode characters. */
  static Map<String, Object> fingerprint(final String text) {
    final Map<String, Object> fingerprint = new LinkedHashMap<>();
    fingerprint.put("sha256", of(text.getBytes(StandardCharsets.UTF_8)));
    fingerprint.put("characters", text.codePointCount(0, text.length()));
    return fingerprint;
  }

  /** The hash in hexadecimal digits. */
  static String of(final byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (final NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
