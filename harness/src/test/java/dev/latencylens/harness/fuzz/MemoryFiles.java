package dev.latencylens.harness.fuzz;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that exist in memory only, with the permissions of POSIX. */
final class MemoryFiles {
  private MemoryFiles() {}

  /** A directory on a file system of its own. */
  static Path newDirectory() throws IOException {
    final Configuration unix =
        Configuration.unix().toBuilder().setAttributeViews("basic", "owner", "posix").build();
    return Files.createDirectories(Jimfs.newFileSystem(unix).getPath("/fuzz"));
  }
}
