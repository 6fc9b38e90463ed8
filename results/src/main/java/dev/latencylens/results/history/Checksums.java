package dev.latencylens.results.history;

import dev.latencylens.results.care.FileTree;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.run.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The file {@code SHA256SUMS} of a directory: the SHA-256 of every other file in it, as {@code
 * sha256sum -c} reads it. Stateless.
 */
public final class Checksums {
  /** The file's name. */
  public static final String FILE = RunDirectory.CHECKSUMS;

  private static final long LONGEST = 1 << 22;
  private static final int DIGITS = 64;
  private static final String BETWEEN = "  ";

  private Checksums() {}

  /**
   * The content of the file for a directory as it is.
   *
   * @param directory a directory without links
   * @return one line a file, in order of their paths
   * @throws RunFormatException if there is a symbolic link in it
   * @throws IOException if a file can't be read
   */
  public static String of(Path directory) throws IOException {
    StringBuilder text = new StringBuilder();
    hashes(directory)
        .forEach((name, hash) -> text.append(hash).append(BETWEEN).append(name).append('\n'));
    return text.toString();
  }

  /**
   * Makes sure that a directory is as it was when the file was written.
   *
   * @param directory the directory
   * @throws RunFormatException if the file is missing or damaged, or another file was changed,
   *     added or removed
   * @throws IOException if a file can't be read
   */
  public static void verify(Path directory) throws IOException {
    SortedMap<String, String> stated = stated(directory);
    SortedMap<String, String> found = hashes(directory);
    List<String> wrong = new ArrayList<>();
    stated.forEach(
        (name, sum) -> {
          if (!found.containsKey(name)) {
            wrong.add(name + " is missing");
          } else if (!sum.equals(found.get(name))) {
            wrong.add(name + " was changed");
          }
        });
    found.keySet().stream()
        .filter(name -> !stated.containsKey(name))
        .forEach(name -> wrong.add(name + " was added"));
    if (!wrong.isEmpty()) {
      throw new RunFormatException(
          directory
              + " is not as it was published: "
              + String.join(", ", wrong)
              + "; restore it, such as with git checkout");
    }
  }

  private static SortedMap<String, String> hashes(Path directory) throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    for (Path file : FileTree.files(directory)) {
      List<String> names = new ArrayList<>();
      directory.relativize(file).forEach(name -> names.add(name.toString()));
      String path = String.join("/", names);
      if (!path.equals(FILE)) {
        hashes.put(path, Sha256.hex(file));
      }
    }
    return hashes;
  }

  private static SortedMap<String, String> stated(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LONGEST) {
      throw new RunFormatException(
          directory + " is no release: it has no " + FILE + "; restore it, or move it away");
    }
    SortedMap<String, String> stated = new TreeMap<>();
    // One byte, one character: whatever the bytes are, they can be compared.
    for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      if (line.length() > DIGITS + BETWEEN.length()) {
        stated.put(line.substring(DIGITS + BETWEEN.length()), line.substring(0, DIGITS));
      }
    }
    return stated;
  }
}
