package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.config.Budget;
import dev.latencylens.harness.limit.GateLevel;
import java.util.Map;

/**
 * What earlier rounds leave to one: no limit, budget or count of errors starts afresh with a
 * process.
 *
 * @param levels how full the buckets of its limits are, by their names
 * @param budget what is left to spend
 * @param ended how many streams of its target have ended in this run
 * @param errors how many of them were not complete
 */
public record Carried(Map<String, GateLevel> levels, Budget budget, long ended, long errors) {

  /** What the first round starts with, where there is no budget. */
  public static final Carried NOTHING = new Carried(Map.of(), Budget.NONE, 0, 0);

  /** Copies the map. */
  public Carried {
    levels = Map.copyOf(levels);
  }
}
