package dev.latencylens.results.inspect;

import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.RoundFiles;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamLogReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was found in a run: some of its streams, and the rounds that they were in.
 *
 * @param manifest of the run
 * @param selection what was asked for
 * @param seen how many streams the run has, in rounds that are finished
 * @param matching how many of them were asked for
 * @param unranked how many of those can't be ranked, as they never came so far
 * @param streams the slowest of the others, the slowest first
 * @param rounds the rounds of these streams, by number
 * @param warnings what was left out, one sentence each
 */
record Inspection(
    Manifest manifest,
    Selection selection,
    long seen,
    long matching,
    long unranked,
    List<StreamLine> streams,
    Map<Integer, RoundHealth> rounds,
    List<String> warnings) {

  /**
   * Reads a run: its streams once and one by one, and of its rounds only those that are shown.
   *
   * @throws IOException if the run can't be read
   */
  static Inspection read(RunDirectory run, Selection selection) throws IOException {
    Manifest manifest = run.manifest();
    RoundFiles files = run.rounds();
    List<Round> usable = files.rounds().stream().filter(Round::usable).toList();
    List<String> warnings = new ArrayList<>(files.warnings());
    SlowestStreams slowest = new SlowestStreams(selection);
    try (StreamLogReader reader = run.readStreams(usable)) {
      Optional<StreamLine> line = reader.next();
      while (line.isPresent()) {
        slowest.add(line.get());
        line = reader.next();
      }
      warnings.addAll(reader.warnings());
    }
    List<StreamLine> streams = slowest.lines();
    Map<Integer, RoundHealth> rounds = new TreeMap<>();
    for (Round round : usable) {
      if (streams.stream().anyMatch(line -> line.round() == round.round())) {
        rounds.put(round.round(), RoundHealth.read(run, round, warnings));
      }
    }
    return new Inspection(
        manifest,
        selection,
        slowest.seen(),
        slowest.matching(),
        slowest.unranked(),
        streams,
        rounds,
        List.copyOf(warnings));
  }
}
