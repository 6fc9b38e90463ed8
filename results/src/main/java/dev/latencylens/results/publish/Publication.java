package dev.latencylens.results.publish;

import dev.latencylens.results.care.FileTree;
import dev.latencylens.results.care.Published;
import dev.latencylens.results.care.StagedDirectory;
import dev.latencylens.results.compare.ColumnLeaders;
import dev.latencylens.results.figures.MetricsCsv;
import dev.latencylens.results.figures.ResultsJson;
import dev.latencylens.results.history.Checksums;
import dev.latencylens.results.history.Release;
import dev.latencylens.results.history.ReleaseIndex;
import dev.latencylens.results.history.Releases;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedRound;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.table.CsvSummary;
import dev.latencylens.results.table.MarkdownSummary;
import dev.latencylens.results.table.Summary;
import dev.latencylens.results.table.SummaryRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A run on its way to become a release. The same run gives the same bytes. Needs the run to be at
 * rest; for one thread.
 */
final class Publication {
  private final RunDirectory run;
  private final PublicText text;
  private final Summary summary;

  private Publication(RunDirectory run, PublicText text, Summary summary) {
    this.run = run;
    this.text = text;
    this.summary = summary;
  }

  /**
   * Reads a run as others may.
   *
   * @param hosts what this machine is called
   * @throws RunFormatException if it holds a symbolic link, or its manifest is damaged
   * @throws IOException if it can't be read
   */
  static Publication of(RunDirectory run, Collection<String> hosts) throws IOException {
    FileTree.files(run.path());
    Manifest own = run.manifest();
    PublicText text = PublicText.of(own, hosts);
    Summary summary = ColumnLeaders.marked(run, Summary.read(run, PublicManifest.of(own, text)));
    return new Publication(
        run,
        text,
        new Summary(
            summary.manifest(),
            summary.rows(),
            summary.failedRounds().stream().map(round -> spoken(round, text)).toList(),
            summary.warnings().stream().map(text::sentence).toList(),
            summary.client(),
            summary.leaders()));
  }

  /** What went wrong in a round may be told in words of its machine. */
  private static Round spoken(Round round, PublicText text) {
    return new Round(
        round.round(),
        round.block(),
        round.cell(),
        round.started(),
        round.finished(),
        round.status(),
        round.message().map(text::sentence),
        round.jmh(),
        round.health(),
        round.instrument(),
        round.account(),
        round.load(),
        round.histogramsSha256());
  }

  /** What speaks against it. */
  List<Objection> objections() {
    return Objection.to(summary);
  }

  /**
   * Writes the copy and the index, both or neither.
   *
   * @param published the directory of releases, made if it is not there
   * @param release the release's name, a valid one
   * @param overridden what the tables and the manifest are to say of objections; mostly nothing
   * @return what was written
   * @throws RunFormatException if an earlier release or the index is damaged, or a user's id would
   *     be published
   * @throws IOException if a file can't be read or written
   */
  Published write(Path published, String release, List<String> overridden) throws IOException {
    Manifest manifest =
        overridden.isEmpty()
            ? summary.manifest()
            : summary
                .manifest()
                .withNote(
                    Release.FORCED + String.join(", ", overridden.stream().distinct().toList()));
    Files.createDirectories(published);
    try (StagedDirectory staged = StagedDirectory.beside(published.resolve(release))) {
      fill(staged.path(), manifest);
      String index = index(published, Release.read(staged.path(), release));
      FileTree.Size size = FileTree.size(staged.path());
      put(staged, published.resolve(ReleaseIndex.FILE), index);
      return new Published(
          published.resolve(release),
          summary.rows().size(),
          summary.rows().stream().mapToLong(SummaryRow::streams).sum(),
          size.files(),
          size.bytes(),
          !overridden.isEmpty());
    }
  }

  private void fill(Path directory, Manifest manifest) throws IOException {
    Summary told =
        new Summary(
            manifest,
            summary.rows(),
            summary.failedRounds(),
            summary.warnings(),
            summary.client(),
            summary.leaders());
    RunDirectory copy = RunDirectory.create(directory);
    copy.writeManifest(manifest);
    copy.writeTable(RunDirectory.Table.CSV, CsvSummary.render(told));
    copy.writeTable(RunDirectory.Table.MARKDOWN, MarkdownSummary.render(told));
    copy.writeTable(RunDirectory.Table.METRICS, MetricsCsv.render(told));
    copy.writeTable(RunDirectory.Table.RESULTS, ResultsJson.render(told));
    for (Round round : run.rounds().rounds()) {
      if (round.usable() && manifest.rounds().stream().anyMatch(planned -> planned.plans(round))) {
        copyHistograms(copy, manifest, round);
      }
    }
    Files.delete(directory.resolve("rounds"));
    for (Path file : FileTree.files(directory)) {
      for (String user : text.users()) {
        if (FileTree.holdsWord(file, user)) {
          throw new RunFormatException(
              directory.relativize(file)
                  + " would still hold the id of a user as a word; nothing was published");
        }
      }
    }
    Files.writeString(directory.resolve(Checksums.FILE), Checksums.of(directory));
  }

  private void copyHistograms(RunDirectory copy, Manifest manifest, Round round)
      throws IOException {
    PlannedRound planned =
        manifest.rounds().stream().filter(each -> each.plans(round)).findFirst().orElseThrow();
    try {
      // Read first: what is no histogram is not handed on.
      if (run.readHistograms(round).isPresent()) {
        copy.copyHistograms(run, planned.cell(), planned.round(), planned.cell(), planned.round());
      }
    } catch (RunFormatException e) {
      // The summary has warned of it, and the objection to damaged data was overridden.
    }
  }

  private static String index(Path published, Release added) throws IOException {
    Releases earlier = Releases.in(published);
    List<Release> all = new ArrayList<>(earlier.releases());
    all.removeIf(release -> release.name().equals(added.name()));
    List<String> problems = new ArrayList<>(earlier.problems());
    // What is damaged and about to be replaced does no harm any more.
    problems.removeIf(problem -> problem.startsWith(published.resolve(added.name()) + " "));
    if (!problems.isEmpty()) {
      throw new RunFormatException(String.join("; ", problems));
    }
    all.add(added);
    Path file = published.resolve(ReleaseIndex.FILE);
    boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    return ReleaseIndex.renewed(there ? Files.readString(file) : "", all);
  }

  /** The index is written before the copy is in its place: what can't be written fails here. */
  private static void put(StagedDirectory staged, Path file, String index) throws IOException {
    Path partial =
        file.resolveSibling(
            "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    boolean done = false;
    try {
      Files.writeString(partial, index);
      staged.moveIntoPlace();
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      done = true;
    } finally {
      if (!done) {
        Files.deleteIfExists(partial);
        staged.takeBack();
      }
    }
  }
}
