package dev.latencylens.results.care;

import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a run into one archive: the files of the run in their own formats, what each is, schemas,
 * and checksums. The same run gives the same bytes.
 */
public final class RunExport {
  private RunExport() {}

  /**
   * Writes the archive, whole or not at all, readable for its owner alone.
   *
   * @param directory the run directory; a run that was killed may be exported too
   * @param archive the file to write; nothing may be there
   * @param withTexts whether the encrypted prompts and answers go in
   * @return what was written
   * @throws RunFormatException if it is no run, or still runs, or the archive can't be put there
   * @throws IOException if a file can't be read or written
   */
  public static Exported write(Path directory, Path archive, boolean withTexts) throws IOException {
    checkTarget(RunDirectory.open(directory), archive);
    try (RunAtRest rest = RunAtRest.take(directory)) {
      return write(rest.run(), archive, withTexts, new ArrayList<>());
    }
  }

  private static Exported write(
      RunDirectory run, Path archive, boolean withTexts, List<String> leftOut) throws IOException {
    Path root = run.path();
    SortedMap<String, Path> files = new TreeMap<>();
    List<ExportLayout> kinds = new ArrayList<>();
    for (Path file : FileTree.files(root)) {
      String path = String.join("/", names(root.relativize(file)));
      Optional<ExportLayout> kind = ExportLayout.of(path);
      if (kind.isPresent() && (withTexts || kind.get() != ExportLayout.ENCRYPTED_TEXTS)) {
        files.put(path, file);
        kinds.add(kind.get());
      } else if (!ExportLayout.isInternal(path)) {
        leftOut.add(path);
      }
    }
    String name = root.toRealPath().getFileName().toString();
    long bytes =
        new ExportArchive(name, ExportReadme.text(run.manifest(), kinds), files).write(archive);
    return new Exported(archive, files.size(), bytes, leftOut);
  }

  private static List<String> names(Path relative) {
    List<String> names = new ArrayList<>();
    relative.forEach(name -> names.add(name.toString()));
    return names;
  }

  private static void checkTarget(RunDirectory run, Path archive) throws IOException {
    if (Files.exists(archive, LinkOption.NOFOLLOW_LINKS)) {
      throw new RunFormatException(
          archive + " is there already and is not overwritten; name another file with --out");
    }
    Path parent = archive.toAbsolutePath().normalize().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new RunFormatException(
          archive + " can't be written: the directory that it is to stand in is not there");
    }
    if (parent.toRealPath().startsWith(run.path().toRealPath())) {
      throw new RunFormatException(
          archive + " would stand in the run itself; name a file outside of it with --out");
    }
  }

  /** What is thrown where an archive appeared while another one was written. */
  static RunFormatException taken(Path archive, FileAlreadyExistsException e) {
    return new RunFormatException(archive + " is there already and is not overwritten", e);
  }
}
