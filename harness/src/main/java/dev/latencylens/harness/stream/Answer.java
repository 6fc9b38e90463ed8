package dev.latencylens.harness.stream;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The answer text of a stream: what is kept of it, so that whoever has the text can recognise it
 * and nobody can read it.
 *
 * @param sha256 SHA-256 of the text in UTF-8, in lower-case hexadecimal
 * @param characters its UTF-16 units
 * @param text the text itself; empty unless it was asked for
 */
public record Answer(String sha256, long characters, Optional<String> text) {

  /**
   * Describes a text.
   *
   * @param text the answer text, reasoning and tool calls excluded
   * @param keep whether the text itself is kept
   * @return what is kept
   */
  public static Answer of(final String text, final boolean keep) {
    try {
      final byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return new Answer(
          HexFormat.of().formatHex(digest),
          text.length(),
          keep ? Optional.of(text) : Optional.empty());
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * The same with something taken out of the text, where that is kept; the hash stays the server's.
   *
   * @param redaction gives the text as it may be kept
   * @return a copy
   */
  public Answer redacted(final UnaryOperator<String> redaction) {
    return new Answer(sha256, characters, text.map(redaction));
  }

  /** Holds no text. */
  @Override
  public String toString() {
    return "Answer[sha256=" + sha256 + ", characters=" + characters + "]";
  }
}
