package dev.latencylens.harness.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the files that prompts stand in. What is wrong with one goes on after the key's name. */
final class PromptFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private PromptFile() {}

  /**
   * Reads a file that is one prompt.
   *
   * @throws IllegalArgumentException if it can't be read, or is no prompt
   */
  static Prompts.TextFile text(final String path, final Path directory) {
    final Path file = FilePaths.resolve(path, directory);
    final byte[] bytes = bytes(file, Workload.MOST_PROMPT_BYTES);
    final String text =
        decode(bytes, 0, bytes.length)
            .map(PromptFile::withoutByteOrderMark)
            .orElseThrow(
                () -> new IllegalArgumentException("names a file that is not in UTF-8: " + file));
    if (!Workload.isPrompt(text)) {
      throw new IllegalArgumentException(
          "names a file that is blank or larger than "
              + Quantities.formatBytes(Workload.MOST_PROMPT_BYTES)
              + ": "
              + file);
    }
    return new Prompts.TextFile(name(file), text);
  }

  /** The name that stands in the manifest: the directory is nobody else's business. */
  static String name(final Path file) {
    return String.valueOf(file.getFileName());
  }

  /**
   * Reads a file whole.
   *
   * @throws IllegalArgumentException if it is not there, can't be read or is too large
   */
  static byte[] bytes(final Path file, final int most) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("names a file that is not there: " + file);
    }
    try (InputStream in = Files.newInputStream(file)) {
      final byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new IllegalArgumentException(
            "names a file larger than " + Quantities.formatBytes(most) + ": " + file);
      }
      return bytes;
    } catch (final IOException unreadable) {
      throw new IllegalArgumentException("names a file that can't be read: " + file, unreadable);
    }
  }

  /** The text of some bytes; empty if they are not UTF-8. */
  static Optional<String> decode(final byte[] bytes, final int from, final int to) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, from, to - from))
              .toString());
    } catch (final CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }

  static String withoutByteOrderMark(final String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
  }
}
