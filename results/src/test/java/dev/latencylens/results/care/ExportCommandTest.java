package dev.latencylens.results.care;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latencylens.results.run.RunLock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
  private final Path directory;
  private final Path run;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  ExportCommandTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    run = RunOfTwoUsers.create(directory.resolve("run")).path();
  }

  @Test
  void anArchiveHoldsTheRunItsSchemasAndWhatTheyAre() throws IOException {
    assertThat(export(run.toString())).isZero();

    Path archive = directory.resolve("run.zip").toAbsolutePath().normalize();
    assertThat(out.toString(UTF_8).strip()).isEqualTo(archive.toString());
    Map<String, byte[]> entries = entries(archive);
    assertThat(entries.keySet())
        .contains(
            "run/README.txt",
            "run/manifest.json",
            "run/rounds/0001.json",
            "run/streams.jsonl",
            "run/histograms/c001/0001.hlog",
            "run/timelines/c001/1.json",
            "run/jmh.json",
            "run/audit.jsonl",
            "run/summary.csv",
            "run/summary.md",
            "run/metrics.csv",
            "run/results.json",
            "run/report.html",
            "run/schemas/manifest.schema.json",
            "run/schemas/results.schema.json",
            "run/schemas/round.schema.json",
            "run/schemas/stream.schema.json",
            "run/checksums.sha256")
        .doesNotContain("run/subjects.json", "run/run.lock", "run/texts/c001/0001.jsonl");
    assertThat(entries.get("run/streams.jsonl"))
        .isEqualTo(Files.readAllBytes(run.resolve("streams.jsonl")));
    assertThat(new String(entries.get("run/README.txt"), UTF_8))
        .contains("streams.jsonl", "sha256sum -c", "answers are not in this archive");
  }

  @Test
  void theChecksumsAreThoseOfAllOtherEntries() throws Exception {
    export(run.toString());

    Map<String, byte[]> entries = entries(directory.resolve("run.zip"));
    StringBuilder sums = new StringBuilder();
    entries.forEach(
        (name, bytes) -> {
          if (!name.endsWith("checksums.sha256")) {
            sums.append(sha256(bytes)).append("  ").append(name.substring(4)).append('\n');
          }
        });
    assertThat(new String(entries.get("run/checksums.sha256"), UTF_8)).isEqualTo(sums.toString());
  }

  @Test
  void theSameRunGivesTheSameBytes() throws IOException {
    Path first = directory.resolve("1.zip");
    Path second = directory.resolve("2.zip");
    export(run.toString(), "--out", first.toString());
    for (Path file : FileTree.files(run)) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    }

    export(run.toString(), "--out", second.toString());

    assertThat(Files.readAllBytes(second)).isEqualTo(Files.readAllBytes(first));
  }

  @Test
  void onlyTheOwnerMayReadAnArchive() throws IOException {
    assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
    export(run.toString());

    assertThat(Files.getPosixFilePermissions(directory.resolve("run.zip")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void textsGoInOnlyIfAskedFor() throws IOException {
    export(run.toString(), "--out", directory.resolve("without.zip").toString());
    assertThat(err.toString(UTF_8)).contains("left out: texts/c001/0001.jsonl (use --with-texts)");
    export(run.toString(), "--with-texts", "--out", directory.resolve("with.zip").toString());

    assertThat(entries(directory.resolve("without.zip")))
        .doesNotContainKey("run/texts/c001/0001.jsonl");
    assertThat(entries(directory.resolve("with.zip"))).containsKey("run/texts/c001/0001.jsonl");
  }

  @Test
  void whatIsThereIsNotOverwritten() throws IOException {
    Path taken = Files.writeString(directory.resolve("run.zip"), "mine");

    assertThat(export(run.toString())).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("is not overwritten");
    assertThat(taken).content().isEqualTo("mine");

    Path link = Files.createSymbolicLink(directory.resolve("link.zip"), directory.resolve("x"));
    assertThat(export(run.toString(), "--out", link.toString())).isEqualTo(2);
    assertThat(directory.resolve("x")).doesNotExist();
  }

  @Test
  void foreignFilesStayOutAndLinksAreRefused() throws IOException {
    Files.writeString(run.resolve("my keys.txt"), "secret");
    Files.writeString(run.resolve("rounds/notes.txt"), "mine");
    Path archive = directory.resolve("a.zip");

    assertThat(export(run.toString(), "--out", archive.toString())).isZero();
    assertThat(err.toString(UTF_8)).contains("left out: my keys.txt", "left out: rounds/notes.txt");
    assertThat(entries(archive).keySet())
        .noneMatch(name -> name.endsWith(".txt") && !name.endsWith("README.txt"));

    Files.createSymbolicLink(run.resolve("timelines/c001/2.json"), run.resolve("manifest.json"));
    assertThat(export(run.toString(), "--out", directory.resolve("b.zip").toString())).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("is a symbolic link");
    assertThat(directory.resolve("b.zip")).doesNotExist();
  }

  @Test
  void whatCanNotBeExportedIsRefusedInOneLine() throws IOException {
    assertThat(export()).isEqualTo(2);
    assertThat(export(directory.resolve("none").toString())).isEqualTo(2);
    assertThat(export(directory.toString())).isEqualTo(2);
    assertThat(export(run.toString(), "--out", run.resolve("x.zip").toString())).isEqualTo(2);
    assertThat(export(run.toString(), "--out", directory.resolve("no/x.zip").toString()))
        .isEqualTo(2);
    assertThat(export("--help")).isZero();
    RunLock lock = RunLock.tryAcquire(run).orElseThrow();
    assertThat(export(run.toString())).isEqualTo(2);
    lock.close();

    assertThat(err.toString(UTF_8))
        .hasLineCount(6)
        .contains("is still running")
        .doesNotContain("\tat ");
    assertThat(directory.resolve("run.zip")).doesNotExist();
  }

  private int export(String... arguments) {
    return ExportCommand.run(
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        CareLog.NONE,
        arguments);
  }

  private static Map<String, byte[]> entries(Path archive) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(archive);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
