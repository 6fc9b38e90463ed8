package dev.latencylens.results.fuzz;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.latencylens.results.SampleRun;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedRound;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A run of one cell and one round on a file system in memory, of which one file is the input. */
final class MemoryRun {
  static final String CELL = "c001";

  private final Round round;
  private final RunDirectory run;
  private final Path file;

  private MemoryRun(final Round round, final RunDirectory run, final Path file) {
    this.round = round;
    this.run = run;
    this.file = file;
  }

  /** A run in which the named file is there to be written. */
  static MemoryRun withFile(final String first, final String... more) {
    try {
      final Configuration unix =
          Configuration.unix().toBuilder().setAttributeViews("basic", "owner", "posix").build();
      final Path path = Jimfs.newFileSystem(unix).getPath("/run");
      final RunDirectory run = RunDirectory.create(path);
      final Manifest manifest =
          SampleRun.manifest("m", 1, List.of(SampleRun.cell(CELL, "openai", "gpt-4o-mini")));
      run.writeManifest(manifest);
      final PlannedRound planned = manifest.rounds().get(0);
      final Path file = path.resolve(path.getFileSystem().getPath(first, more));
      Files.createDirectories(file.getParent());
      return new MemoryRun(SampleRun.round(planned, Map.of("complete", 1L)), run, file);
    } catch (final IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Puts the input where it is read. */
  void write(final byte[] input) throws IOException {
    Files.write(file, input);
  }

  RunDirectory run() {
    return run;
  }

  Round round() {
    return round;
  }
}
