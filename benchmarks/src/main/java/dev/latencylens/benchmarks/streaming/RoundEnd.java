package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.limit.GateLevel;
import dev.latencylens.harness.limit.Spending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a round leaves to the next one, as its process writes it at its end.
 *
 * @param levels how full the buckets of its limits are
 * @param spent what it spent
 * @param stop why it started fewer streams than planned, if it did
 */
public record RoundEnd(Map<String, GateLevel> levels, Spending.Cost spent, Optional<String> stop) {

  /** Copies the map. */
  public RoundEnd {
    levels = Map.copyOf(levels);
  }

  /**
   * Writes it for the runner to read.
   *
   * @param file where to
   * @throws IOException if it can't be written
   */
  void write(final Path file) throws IOException {
    RoundPlan.JSON.writeValue(file.toFile(), this);
  }

  /**
   * Reads it.
   *
   * @param file what the round's process wrote
   * @return empty if it died before it could
   * @throws IOException if it can't be read
   */
  public static Optional<RoundEnd> read(final Path file) throws IOException {
    return Files.exists(file)
        ? Optional.of(RoundPlan.JSON.readValue(file.toFile(), RoundEnd.class))
        : Optional.empty();
  }
}
