package dev.latencylens.results.merge;

import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.table.Dimension;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One of the runs that are merged.
 *
 * @param run its directory
 * @param manifest its manifest
 * @param machine what its machine is called in the merged run
 */
record MergeSource(RunDirectory run, Manifest manifest, String machine) {
  /**
   * Reads a run.
   *
   * @param run its directory
   * @param label what its machine is to be called, if not as its cells say
   * @throws RunFormatException if its cells are not of one machine
   * @throws IOException if its manifest can't be read
   */
  static MergeSource of(RunDirectory run, Optional<String> label) throws IOException {
    Manifest manifest = run.manifest();
    List<String> machines = manifest.cells().stream().map(Cell::machine).distinct().toList();
    if (machines.size() > 1) {
      throw new RunFormatException(
          run.path()
              + " holds cells of several machines ("
              + String.join(", ", machines)
              + "): it is a merged run already; name the runs that it was made of");
    }
    String own = machines.isEmpty() ? manifest.machine().id() : machines.get(0);
    return new MergeSource(run, manifest, label.orElse(own));
  }

  /** What each cell is, the machine aside. */
  List<List<String>> cells() {
    return manifest.cells().stream().map(MergeSource::withoutMachine).toList();
  }

  static List<String> withoutMachine(Cell cell) {
    return Arrays.stream(Dimension.values())
        .filter(dimension -> dimension != Dimension.MACHINE)
        .map(dimension -> dimension.of(cell))
        .toList();
  }
}
