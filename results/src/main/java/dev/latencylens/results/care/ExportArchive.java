package dev.latencylens.results.care;

import dev.latencylens.results.run.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The bytes of an archive: entries in order of their names under one folder, the checksums last,
 * all with the same date, so that nothing but the content decides them.
 */
final class ExportArchive {
  /** The schemas that go into every archive. */
  static final List<String> SCHEMAS =
      List.of(
          "manifest.schema.json", "results.schema.json", "round.schema.json", "stream.schema.json");

  private static final String CHECKSUMS = "checksums.sha256";
  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final String folder;
  private final SortedMap<String, Source> sources = new TreeMap<>();

  ExportArchive(String folder, String readme, Map<String, Path> files) {
    this.folder = folder;
    files.forEach((name, file) -> sources.put(name, () -> Files.newInputStream(file)));
    sources.put(
        "README.txt", () -> new ByteArrayInputStream(readme.getBytes(StandardCharsets.UTF_8)));
    for (String schema : SCHEMAS) {
      sources.put("schemas/" + schema, () -> schema(schema));
    }
  }

  private static InputStream schema(String name) throws IOException {
    InputStream in = ExportArchive.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("the schema " + name + " is missing in this build");
    }
    return in;
  }

  /** Writes the archive beside its place and moves it there; returns its size. */
  long write(Path archive) throws IOException {
    Path partial =
        archive.resolveSibling(
            "." + archive.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      Files.deleteIfExists(partial);
      Files.createFile(partial, ownersAlone(partial));
      try (OutputStream out = Files.newOutputStream(partial, StandardOpenOption.WRITE);
          ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
        writeTo(zip);
      }
      try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      // Without REPLACE_EXISTING: what appeared there meanwhile stays.
      Files.move(partial, archive);
      return Files.size(archive);
    } catch (FileAlreadyExistsException e) {
      throw RunExport.taken(archive, e);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private void writeTo(ZipOutputStream zip) throws IOException {
    zip.setComment(ExportedCopies.comment(folder));
    StringBuilder sums = new StringBuilder();
    for (Map.Entry<String, Source> source : sources.entrySet()) {
      MessageDigest sha256 = Sha256.digest();
      try (InputStream in = source.getValue().open()) {
        start(zip, source.getKey());
        in.transferTo(new DigestOutputStream(zip, sha256));
        zip.closeEntry();
      }
      sums.append(HexFormat.of().formatHex(sha256.digest()))
          .append("  ")
          .append(source.getKey())
          .append('\n');
    }
    start(zip, CHECKSUMS);
    zip.write(sums.toString().getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private void start(ZipOutputStream zip, String name) throws IOException {
    ZipEntry entry = new ZipEntry(folder + "/" + name);
    entry.setTimeLocal(ENTRY_TIME);
    zip.putNextEntry(entry);
  }

  private static FileAttribute<?>[] ownersAlone(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Where an entry's bytes come from. */
  private interface Source {
    InputStream open() throws IOException;
  }
}
