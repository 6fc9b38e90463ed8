package dev.latencylens.harness.limit;

import dev.latencylens.harness.config.LimitSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The limiter of one target: its own limits, and those that it shares with others, carried on from
 * the process that asked before. Thread-safe.
 */
public final class TargetLimiter implements RateLimiter {
  private final Admission admission;
  private final List<Gate> gates;
  private final RateLimiter limiter;
  private final LongSupplier clock;
  private final Clock wallClock;

  private TargetLimiter(
      final Admission admission,
      final List<Gate> gates,
      final RateLimiter limiter,
      final LongSupplier clock,
      final Clock wallClock) {
    this.admission = admission;
    this.gates = List.copyOf(gates);
    this.limiter = limiter;
    this.clock = clock;
    this.wallClock = wallClock;
  }

  /**
   * Makes the limiter.
   *
   * @param limits what requests have to pass, the target's own first: that is where a pause goes
   * @param carried how full the buckets were when another process left them, by the limits' name;
   *     full where there is none
   * @param clock nanoseconds, such as {@link System#nanoTime()}
   * @param wallClock tells how long ago that was
   * @param timer runs the releases that had to wait; not closed by the limiter
   * @return the limiter
   * @throws IllegalArgumentException if there are no limits; {@link
   *     dev.latencylens.harness.config.Limits#NONE} is one
   */
  public static TargetLimiter of(
      final List<LimitSettings.Named> limits,
      final Map<String, GateLevel> carried,
      final LongSupplier clock,
      final Clock wallClock,
      final ScheduledExecutorService timer) {
    if (limits.isEmpty()) {
      throw new IllegalArgumentException("a target has limits, be they none");
    }
    final Admission admission = new Admission(clock, timer);
    final List<Gate> gates =
        limits.stream().map(named -> admission.gate(named.name(), named.limits())).toList();
    for (final Gate gate : gates) {
      final GateLevel left = carried.get(gate.name());
      if (left != null) {
        gate.resume(left, epochNanos(wallClock));
      }
    }
    return new TargetLimiter(admission, gates, admission.limiter(gates), clock, wallClock);
  }

  @Override
  public CompletableFuture<Release> acquire(final long tokens) {
    return limiter.acquire(tokens);
  }

  @Override
  public void pause(final Duration pause) {
    gates.get(0).pauseUntil(clock.getAsLong() + pause.toNanos());
  }

  /**
   * How full the buckets are now. Called when nothing is asked for any more.
   *
   * @return by the limits' name
   */
  public Map<String, GateLevel> levels() {
    admission.tick();
    final Map<String, GateLevel> levels = new LinkedHashMap<>();
    gates.forEach(gate -> levels.put(gate.name(), gate.level(epochNanos(wallClock))));
    return levels;
  }

  private static long epochNanos(final Clock wallClock) {
    final Instant now = wallClock.instant();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }
}
