package dev.latencylens.benchmarks.runner;

import dev.latencylens.harness.provider.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How measuring processes are started: with nothing in their environment but what Java, the shell,
 * the network and the target's own cloud library need. Keys reach them through the key channel, so
 * that a process which measures one service has no key of another, and neither a crash report nor a
 * flight recording can hold one. JMH offers no way to set a fork's environment, but takes any
 * command for its Java: a shell script that its owner alone may read.
 */
final class CleanLaunch {
  /** The Java that runs this process, and the measuring ones. */
  static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private static final Set<String> NAMES =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "JAVA_HOME",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "TMPDIR",
          "LANG",
          "LC_ALL",
          "LC_CTYPE",
          "TERM",
          "TZ",
          "HTTPS_PROXY",
          "https_proxy",
          "HTTP_PROXY",
          "http_proxy",
          "NO_PROXY",
          "no_proxy");

  private CleanLaunch() {}

  /**
   * Keeps JMH from starting Java twice, with this process's environment, to see whether it has
   * compiler blackholes. They matter to benchmarks of nanoseconds, and to no stream.
   */
  static void startNothingElse() {
    System.setProperty("jmh.blackhole.mode", "FULL_DONTINLINE");
  }

  /**
   * Writes the command.
   *
   * @param directory private to its owner; the caller removes the file
   * @param provider whose service is measured
   * @param environment such as {@link System#getenv()}
   * @return the command; empty where the file system has no executable scripts, as on Windows
   * @throws IOException if it can't be written
   */
  static Optional<Path> write(
      final Path directory, final Provider provider, final Map<String, String> environment)
      throws IOException {
    if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return Optional.empty();
    }
    // Names alone: what env is told to set stands in its arguments, which everybody can read.
    final StringBuilder script = new StringBuilder("#!/bin/sh\nexec env");
    for (final String name : withheld(environment.keySet(), provider)) {
      script.append(" \\\n  -u ").append(quoted(name));
    }
    script.append(" \\\n  ").append(quoted(JAVA.toString())).append(" \"$@\"\n");
    final Path file =
        Files.createFile(
            directory.resolve("java"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(file, script);
    return Optional.of(file);
  }

  private static Set<String> withheld(final Set<String> names, final Provider provider) {
    final List<String> own = provider.environment();
    final Set<String> withheld = new TreeSet<>(names);
    withheld.removeAll(NAMES);
    withheld.removeIf(name -> own.stream().anyMatch(name::startsWith));
    return withheld;
  }

  private static String quoted(final String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
