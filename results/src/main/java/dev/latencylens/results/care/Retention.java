package dev.latencylens.results.care;

import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which runs have been kept for as long as they were to be. Nothing is erased here. */
public final class Retention {
  private Retention() {}

  /**
   * A run whose term is over.
   *
   * @param run the run directory
   * @param keptUntil when its term was over
   */
  public record Expired(Path run, Instant keptUntil) {}

  /**
   * The runs whose term is over now. Runs without a term, and what can't be read, are passed by.
   *
   * @param runs the directory of runs; none are expired in one that is not there
   * @return the runs in order of their names
   * @throws IOException if the directory can't be listed
   */
  public static List<Expired> expired(Path runs) throws IOException {
    return expired(runs, Instant.now());
  }

  /**
   * The runs whose term is over at some moment.
   *
   * @param runs the directory of runs
   * @param now the moment
   * @return the runs in order of their names
   * @throws IOException if the directory can't be listed
   */
  public static List<Expired> expired(Path runs, Instant now) throws IOException {
    List<Expired> expired = new ArrayList<>();
    for (RunDirectory run : RunsDirectory.read(runs).runs()) {
      Manifest manifest = run.manifest();
      if (isOver(manifest, now)) {
        expired.add(new Expired(run.path(), manifest.keepUntil().orElseThrow()));
      }
    }
    return expired;
  }

  static boolean isOver(Manifest manifest, Instant now) {
    Optional<Instant> until = manifest.keepUntil();
    return until.isPresent() && !now.isBefore(until.get());
  }
}
