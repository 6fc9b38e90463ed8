package dev.latencylens.benchmarks.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/**
 * Another build of this suite, whose measuring processes take part in a run of this one.
 *
 * @param jar its jar, absolute
 * @param suite its version
 * @param sha256 of the jar, in hexadecimal digits
 */
record OtherBuild(Path jar, String suite, String sha256) {
  private static final String VERSIONS = "dev/latencylens/benchmarks/versions.properties";

  /** What both builds must have in common to understand each other. */
  private static final List<String> COMMON = List.of(HostFacts.ROUND_PLAN, "jmh");

  /**
   * Looks at a jar.
   *
   * @throws IOException if it is none, or measures in a way that this build can't lead
   */
  static OtherBuild read(final Path file) throws IOException {
    final Path jar = file.toAbsolutePath().normalize();
    final Properties versions = versions(jar);
    for (final String name : COMMON) {
      final String own = HostFacts.built().getProperty(name);
      if (!own.equals(versions.getProperty(name))) {
        throw new IOException(
            file
                + " can't be measured beside this build: its "
                + name
                + " is "
                + versions.getProperty(name, "unknown")
                + ", here it is "
                + own);
      }
    }
    return new OtherBuild(jar, versions.getProperty("suite", "unknown"), sha256(jar));
  }

  private static Properties versions(final Path jar) throws IOException {
    try (JarFile open = new JarFile(jar.toFile())) {
      final ZipEntry entry = open.getEntry(VERSIONS);
      if (entry == null) {
        throw new IOException(jar + " is no build of this suite: name its benchmarks.jar");
      }
      final Properties versions = new Properties();
      try (InputStream in = open.getInputStream(entry)) {
        versions.load(in);
      }
      return versions;
    } catch (final NoSuchFileException missing) {
      throw new IOException(jar + " is not there", missing);
    } catch (final ZipException damaged) {
      throw new IOException(jar + " is no jar", damaged);
    }
  }

  private static String sha256(final Path jar) throws IOException {
    try {
      final MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(jar), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (final NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** As the manifest says it. */
  String inWords() {
    return "Latency Lens " + suite + " from " + jar.getFileName() + ", SHA-256 " + sha256;
  }
}
