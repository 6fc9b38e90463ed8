package dev.latencylens.harness.limit;

import java.util.Map;

/**
 * How full the buckets of a {@link Gate} are at a moment: what one process hands to the next, so
 * that no limit starts afresh with it.
 *
 * @param epochNanos the moment, as nanoseconds since 1970 by the wall clock: the only one that
 *     processes share everywhere
 * @param available what is left in each bucket, by its limit; below 0 where it is in debt
 * @param pausedNanos how long a pause that the service asked for still lasts, from 0
 */
public record GateLevel(long epochNanos, Map<HeldBy.Limit, Long> available, long pausedNanos) {

  /** Copies the map. */
  public GateLevel {
    available = Map.copyOf(available);
  }
}
