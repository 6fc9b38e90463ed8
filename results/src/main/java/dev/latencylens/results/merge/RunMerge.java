package dev.latencylens.results.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.results.care.FileTree;
import dev.latencylens.results.care.StagedDirectory;
import dev.latencylens.results.report.RunReport;
import dev.latencylens.results.run.PlannedRound;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.RoundFiles;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamLogReader;
import dev.latencylens.results.run.StreamLogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the merged run: the same runs in the same order give the same bytes. Needs the runs to be
 * at rest; for one thread.
 */
final class RunMerge {
  private static final List<String> NOT_MERGED = List.of("timelines", "texts");

  private final MergePlan plan;
  private final RunDirectory into;
  private final ArrayNode jmh = JsonNodeFactory.instance.arrayNode();
  private final List<String> leftOut = new ArrayList<>();
  private long streams;
  private int rounds;

  private RunMerge(MergePlan plan, RunDirectory into) {
    this.plan = plan;
    this.into = into;
  }

  /**
   * Writes the merged run, whole or not at all.
   *
   * @param sources the runs
   * @param out its directory; nothing may be there, and the directory above it must be
   * @throws RunFormatException if the runs can't be merged, or not there
   * @throws IOException if a file can't be read or written
   */
  static Merged write(List<MergeSource> sources, Path out) throws IOException {
    requireFree(out);
    for (MergeSource source : sources) {
      FileTree.files(source.run().path());
    }
    SamePlan.require(sources);
    try (StagedDirectory staged = StagedDirectory.beside(out)) {
      MergePlan plan = MergePlan.of(sources);
      RunMerge merge = new RunMerge(plan, RunDirectory.create(staged.path()));
      merge.into.writeManifest(plan.manifest());
      for (MergeSource source : sources) {
        merge.add(source);
      }
      if (!merge.jmh.isEmpty()) {
        merge.into.writeJmh(merge.jmh);
      }
      RunReport report = RunReport.write(merge.into);
      staged.moveIntoPlace();
      return new Merged(
          plan.manifest().cells().size(), merge.streams, merge.rounds, report, merge.leftOut);
    }
  }

  private static void requireFree(Path out) throws RunFormatException {
    if (Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
      throw new RunFormatException(
          out + " is there already and is not overwritten; name another directory with --out");
    }
    Path parent = out.toAbsolutePath().normalize().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new RunFormatException(
          out + " can't be made: the directory that it is to stand in is not there");
    }
  }

  private void add(MergeSource source) throws IOException {
    RoundFiles files = source.run().rounds();
    files.warnings().forEach(warning -> leaveOut(source, warning));
    List<Round> over = new ArrayList<>();
    for (Round round : files.rounds()) {
      if (source.manifest().rounds().stream().anyMatch(planned -> planned.plans(round))) {
        over.add(round);
      } else {
        leaveOut(source, "round " + round.round() + ", which the manifest does not plan");
      }
    }
    addStreams(source, over);
    for (Round round : over) {
      addRound(source, round);
    }
    addJmh(source);
    for (String name : NOT_MERGED) {
      if (Files.exists(source.run().path().resolve(name))) {
        leaveOut(source, name + " (bound to the numbers of their own run)");
      }
    }
  }

  private void addStreams(MergeSource source, List<Round> over) throws IOException {
    try (StreamLogReader lines = source.run().readStreams(over);
        StreamLogWriter log = into.appendStreams()) {
      for (Optional<StreamLine> line = lines.next(); line.isPresent(); line = lines.next()) {
        PlannedRound moved = plan.round(source, line.get().round()).orElseThrow();
        String id = source.machine() + "/" + line.get().stream();
        log.write(line.get().in(moved.round(), moved.cell(), id));
        streams++;
      }
      lines.warnings().forEach(warning -> leaveOut(source, warning));
    }
  }

  /** The round's own file comes last: it says that all else is there. */
  private void addRound(MergeSource source, Round round) throws IOException {
    PlannedRound moved = plan.round(source, round.round()).orElseThrow();
    Optional<String> copied = copyHistograms(source, round, moved);
    into.writeRound(
        new Round(
            moved.round(),
            moved.block(),
            moved.cell(),
            round.started(),
            round.finished(),
            round.status(),
            round.message(),
            round.jmh(),
            round.health(),
            round.instrument(),
            round.account(),
            round.load(),
            copied));
    rounds++;
  }

  /** Copies what can be read, and gives the hash that the round had of it. */
  private Optional<String> copyHistograms(MergeSource source, Round round, PlannedRound moved)
      throws IOException {
    try {
      source.run().readHistograms(round);
    } catch (RunFormatException e) {
      leaveOut(source, "histograms/" + round.cell() + "/" + e.getMessage());
      return Optional.empty();
    }
    into.copyHistograms(source.run(), round.cell(), round.round(), moved.cell(), moved.round());
    return round.histogramsSha256();
  }

  private void addJmh(MergeSource source) throws IOException {
    try {
      Optional<JsonNode> results = source.run().readJmh();
      if (results.isPresent()) {
        for (JsonNode entry : results.get()) {
          plan.cell(source, entry.path("cell").asText())
              .filter(id -> entry.isObject())
              .ifPresent(id -> ((ObjectNode) entry).put("cell", id));
          jmh.add(entry);
        }
      }
    } catch (RunFormatException e) {
      leaveOut(source, String.valueOf(e.getMessage()));
    }
  }

  private void leaveOut(MergeSource source, String what) {
    leftOut.add(source.run().path() + ": " + what);
  }
}
