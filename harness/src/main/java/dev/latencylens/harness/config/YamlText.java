package dev.latencylens.harness.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads a configuration file's text, or says why it can't. */
final class YamlText {
  /** Room for the largest prompts. */
  static final int MOST_BYTES = 4 << 20;

  private YamlText() {}

  static String read(final Path file) throws ConfigurationException {
    final byte[] bytes;
    if (Files.isDirectory(file)) {
      throw failure(file, 0, "this is a directory, not a file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (final NoSuchFileException absent) {
      throw failure(file, 0, "there is no such file");
    } catch (final AccessDeniedException denied) {
      throw failure(file, 0, "the file may not be read: check its permissions");
    } catch (final IOException unreadable) {
      throw failure(
          file, 0, "the file can't be read (" + unreadable.getClass().getSimpleName() + ")");
    }
    if (bytes.length > MOST_BYTES) {
      throw failure(file, 0, "the file is larger than " + Quantities.formatBytes(MOST_BYTES));
    }
    return withoutByteOrderMark(decode(file, bytes));
  }

  private static String decode(final Path file, final byte[] bytes) throws ConfigurationException {
    final ByteBuffer in = ByteBuffer.wrap(bytes);
    final CharBuffer out = CharBuffer.allocate(bytes.length);
    final CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    out.flip();
    if (result.isError()) {
      final int line = 1 + (int) out.chars().filter(c -> c == '\n').count();
      throw failure(file, line, "the file is not in UTF-8");
    }
    return out.toString();
  }

  private static String withoutByteOrderMark(final String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static ConfigurationException failure(
      final Path file, final int line, final String message) {
    return new ConfigurationException(file, List.of(new Problem(line, line == 0 ? 0 : 1, message)));
  }
}
