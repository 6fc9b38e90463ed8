package dev.latencylens.results.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that belong to one cell: its rounds, and what stands under its id in the directories of
 * histograms, timelines and texts.
 */
final class CellFiles {
  private static final List<String> BY_CELL =
      List.of(RunDirectory.HISTOGRAMS, RunDirectory.TIMELINES, RunDirectory.TEXTS);
  private static final Pattern PARTIAL = Pattern.compile("\\..+\\.tmp");

  private CellFiles() {}

  /**
   * Deletes the files of some cells: whatever its name does not show to be of a cell that stays,
   * and what a killed process left half written.
   */
  static void remove(Path run, Manifest manifest, Set<String> erased) throws IOException {
    if (erased.isEmpty()) {
      return;
    }
    removeRounds(run.resolve(RunDirectory.ROUNDS), manifest, erased);
    List<String> kept =
        manifest.cells().stream().map(Cell::id).filter(id -> !erased.contains(id)).toList();
    for (String name : BY_CELL) {
      for (Path entry : list(run.resolve(name))) {
        if (!isOf(entry.getFileName().toString(), kept)) {
          deleteTree(entry);
        }
      }
    }
    try (Stream<Path> all = Files.walk(run)) {
      for (Path file : all.filter(CellFiles::isPartial).toList()) {
        Files.deleteIfExists(file);
      }
    }
    // A page that was rendered before shows what is gone; scripts/report renders it again.
    Files.deleteIfExists(run.resolve(RunDirectory.REPORT));
  }

  private static boolean isOf(String name, List<String> cells) {
    return cells.stream().anyMatch(cell -> name.equals(cell) || name.startsWith(cell + "."));
  }

  private static boolean isPartial(Path file) {
    return PARTIAL.matcher(file.getFileName().toString()).matches() && Files.isRegularFile(file);
  }

  private static void removeRounds(Path directory, Manifest manifest, Set<String> erased)
      throws IOException {
    Set<String> ofKept =
        manifest.rounds().stream()
            .filter(round -> !erased.contains(round.cell()))
            .map(round -> RoundStore.number(round.round()) + ".json")
            .collect(Collectors.toSet());
    for (Path file : list(directory)) {
      String name = file.getFileName().toString();
      if (RoundStore.isRound(name) && (!ofKept.contains(name) || isRoundOf(file, erased))) {
        Files.delete(file);
      }
    }
  }

  private static boolean isRoundOf(Path file, Set<String> cells) throws IOException {
    try {
      return cells.contains(RunJson.tree(file).path("cell").asText());
    } catch (RunFormatException e) {
      return false;
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> content = Files.list(directory)) {
      return content.sorted().toList();
    }
  }

  private static void deleteTree(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
