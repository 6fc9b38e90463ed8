package dev.latencylens.benchmarks.doctor;

import dev.latencylens.harness.secret.KeyAccessException;
import dev.latencylens.harness.secret.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Who else can read or change files. Stateless. */
final class FileModes {
  private static final Set<PosixFilePermission> OTHERS_CHANGE =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private FileModes() {}

  /** A file that nobody but its owner should read. */
  static Finding ofSecret(final String subject, final Path file) {
    if (!Files.exists(file)) {
      return new Finding(
          State.FAIL, subject, file + " is not there", "put the key into it, and chmod 600 it");
    }
    try {
      PrivateFile.requirePrivate(file, "holds a key");
      return Finding.pass(subject, file + " is its owner's alone");
    } catch (final KeyAccessException open) {
      return new Finding(
          State.FAIL, subject, file + " is open to other users", "chmod 600 " + file);
    } catch (final IOException e) {
      return unknown(subject, file);
    }
  }

  /** A file that others may read, and that nobody but its owner should change. */
  static Finding ofTrusted(final String subject, final Path file) {
    try {
      if (!isPosix(file)) {
        return noModes(subject, file);
      }
      final Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
      return modes.stream().noneMatch(OTHERS_CHANGE::contains)
          ? Finding.pass(subject, "nobody but its owner can change " + file)
          : new Finding(
              State.FAIL,
              subject,
              "other users can change " + file + ", which may name commands to run",
              "chmod go-w " + file);
    } catch (final IOException e) {
      return unknown(subject, file);
    }
  }

  /** A directory of runs: each run in it should be its owner's alone. */
  static List<Finding> ofRuns(final Path runs) {
    final String subject = "runs";
    if (!Files.isDirectory(runs)) {
      return List.of(Finding.pass(subject, "there are none in " + runs));
    }
    if (!isPosix(runs)) {
      return List.of(noModes(subject, runs));
    }
    final List<Finding> open = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(runs)) {
      int count = 0;
      for (final Path run : entries) {
        if (Files.exists(run.resolve("manifest.json"))) {
          count++;
          if (!isPrivate(run)) {
            open.add(
                new Finding(
                    State.FAIL, subject, run + " is open to other users", "chmod -R go= " + run));
          }
        }
      }
      return open.isEmpty()
          ? List.of(Finding.pass(subject, count + " in " + runs + ", their owner's alone"))
          : open;
    } catch (final IOException e) {
      return List.of(unknown(subject, runs));
    }
  }

  /** A directory that is its owner's alone hides whatever is in it. */
  private static boolean isPrivate(final Path run) throws IOException {
    try {
      PrivateFile.requirePrivate(run, "is a run");
      return true;
    } catch (final KeyAccessException open) {
      return false;
    }
  }

  private static Finding unknown(final String subject, final Path file) {
    return new Finding(
        State.FAIL, subject, file + " can't be looked at", "give this user access to it");
  }

  private static Finding noModes(final String subject, final Path file) {
    return new Finding(
        State.YOURS,
        subject,
        "this file system has no modes that could be checked",
        "see to it that nobody else has access to " + file);
  }

  private static boolean isPosix(final Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
