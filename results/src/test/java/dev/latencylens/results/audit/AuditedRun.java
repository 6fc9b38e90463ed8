package dev.latencylens.results.audit;

import dev.latencylens.results.SampleRun;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs with audit logs. */
final class AuditedRun {
  private static final Instant START = Instant.parse("2026-11-23T01:33:00.250Z");

  private AuditedRun() {}

  /** A run that is over, with a log of so many lines that is not sealed. */
  static Path finished(Path path, int lines) throws IOException {
    RunDirectory.create(path).writeManifest(manifest("audited", START));
    log(path, lines);
    return path;
  }

  /** A run that is over, with a log of so many lines that is sealed. */
  static Path sealed(Path path, int lines) throws IOException {
    AuditFile.of(finished(path, lines)).seal();
    return path;
  }

  /** A run that still goes on, or was killed. */
  static Path unfinished(Path path, int lines) throws IOException {
    RunDirectory.create(path).writeManifest(unfinishedManifest());
    log(path, lines);
    return path;
  }

  static Manifest manifest(String name, Instant started) {
    Manifest sample =
        SampleRun.manifest(name, 1, List.of(SampleRun.cell("c001", "openai", "gpt-4o-mini")));
    return copy(sample, started, sample.finished());
  }

  private static Manifest unfinishedManifest() {
    return copy(manifest("audited", START), START, Optional.empty());
  }

  private static Manifest copy(Manifest of, Instant started, Optional<Instant> finished) {
    return new Manifest(
        of.schemaVersion(),
        of.name(),
        started,
        finished,
        of.clock(),
        of.seed(),
        of.blocks(),
        of.git(),
        of.suiteVersion(),
        of.machine(),
        of.jvm(),
        of.packages(),
        of.configuration(),
        of.simulated(),
        of.priceFileDate(),
        of.cells(),
        of.rounds(),
        of.notes());
  }

  private static void log(Path path, int lines) throws IOException {
    AuditFile file = AuditFile.of(path);
    file.begin();
    List<AuditEntry> entries = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      entries.add(call(i));
    }
    file.append(entries);
  }

  static AuditEntry call(int number) {
    return AuditEntry.of(START.plusMillis(number), "api_call")
        .with(AuditField.PROVIDER, "openai")
        .with(AuditField.MODEL, "gpt-4o-mini")
        .with(AuditField.STATUS, "complete")
        .with(AuditField.DURATION_MS, 100 + number)
        .with(AuditField.REQUEST_ID, "r1-" + number);
  }
}
