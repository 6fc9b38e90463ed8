package dev.latencylens.results.publish;

import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.Jvm;
import dev.latencylens.results.run.Machine;
import dev.latencylens.results.run.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What others may read of a manifest. Its cells and rounds keep their numbers. Stateless. */
final class PublicManifest {
  private static final String LEFT_OUT =
      "A published copy: settings that name addresses, keys, accounts, people or files are left out.";

  private PublicManifest() {}

  static Manifest of(Manifest manifest, PublicText text) {
    List<String> notes = new ArrayList<>(manifest.notes().stream().map(text::sentence).toList());
    notes.add(LEFT_OUT);
    return new Manifest(
        manifest.schemaVersion(),
        text.name(manifest.name()),
        manifest.started(),
        manifest.finished(),
        manifest.clock(),
        manifest.seed(),
        manifest.blocks(),
        manifest.git(),
        manifest.suiteVersion(),
        machine(manifest.machine(), text),
        jvm(manifest.jvm(), text),
        manifest.packages(),
        new PublicSettings(text).of(manifest.configuration()),
        manifest.simulated(),
        manifest.priceFileDate(),
        manifest.cells().stream().map(cell -> cell(cell, text)).toList(),
        manifest.rounds(),
        notes,
        // How long the run itself is kept says nothing of the copy.
        Optional.empty(),
        manifest.objectives(),
        manifest.comparisons());
  }

  private static Machine machine(Machine machine, PublicText text) {
    return new Machine(
        text.name(machine.id()),
        text.name(machine.os()),
        text.name(machine.kernel()),
        text.name(machine.cpu()),
        machine.cores(),
        machine.memoryBytes(),
        text.name(machine.frequencyGovernor()));
  }

  private static Jvm jvm(Jvm jvm, PublicText text) {
    return new Jvm(
        jvm.version(), jvm.vendor(), jvm.gc(), jvm.flags().stream().map(text::sentence).toList());
  }

  private static Cell cell(Cell cell, PublicText text) {
    return new Cell(
        cell.id(),
        text.name(cell.benchmark()),
        text.name(cell.target()),
        text.name(cell.provider()),
        text.name(cell.model()),
        text.name(cell.workload()),
        text.name(cell.load()),
        text.name(cell.connection()),
        text.name(cell.arm()),
        text.name(cell.machine()));
  }
}
