package dev.latencylens.harness.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A file of certificate authorities in PEM. */
final class CaBundle {
  private static final int MOST_BYTES = 8 << 20;

  private CaBundle() {}

  /** A value of the file that names a bundle; the manifest has the file's name alone. */
  static ValueType<Path> type() {
    return new ScalarType<>(
        "the path of a file with certificates in PEM",
        Set.of(Tag.STR),
        (text, reading) -> Optional.of(find(text, reading.directory())),
        path -> String.valueOf(path.getFileName()));
  }

  /**
   * Finds a bundle and makes sure that it can be used.
   *
   * @return the absolute path
   * @throws IllegalArgumentException if it can't; the message goes on after the key's name
   */
  static Path find(final String text, final Path directory) {
    final Path file;
    try {
      file = directory.resolve(text).toAbsolutePath().normalize();
    } catch (final InvalidPathException invalid) {
      throw new IllegalArgumentException("is not a path", invalid);
    }
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("names a file that is not there: " + file);
    }
    final byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(MOST_BYTES + 1);
    } catch (final IOException unreadable) {
      throw new IllegalArgumentException("names a file that can't be read: " + file, unreadable);
    }
    if (content.length > MOST_BYTES) {
      throw new IllegalArgumentException("names a file of more than 8MiB: " + file);
    }
    if (!holdsCertificate(content)) {
      throw new IllegalArgumentException("names a file without a certificate in PEM: " + file);
    }
    return file;
  }

  private static boolean holdsCertificate(final byte[] content) {
    if (!new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN CERTIFICATE-----")) {
      return false;
    }
    try {
      return !CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(content))
          .isEmpty();
    } catch (final CertificateException broken) {
      return false;
    }
  }
}
