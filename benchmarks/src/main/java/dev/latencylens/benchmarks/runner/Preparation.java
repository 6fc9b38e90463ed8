package dev.latencylens.benchmarks.runner;

import dev.latencylens.benchmarks.streaming.SimulatorAddress;
import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.secret.KeyAccessException;
import dev.latencylens.harness.secret.KeyRing;
import dev.latencylens.harness.secret.MadeUpKeys;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.secret.Secret;
import dev.latencylens.harness.secret.TextSeal;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Everything that can be refused before a run's directory is made: its keys, and its plan. Not
 * thread-safe.
 */
final class Preparation implements AutoCloseable {
  /** Stands for the simulator while a plan is only looked at. */
  private static final SimulatorAddress NOT_STARTED =
      new SimulatorAddress(URI.create("https://127.0.0.1:1"), Optional.empty());

  private final List<Arm> arms;
  private final long seed;
  private final Optional<KeyRing> ring;
  private final Optional<KeyHandover> keys;
  private final RunPlan plan;

  private Preparation(
      final List<Arm> arms,
      final long seed,
      final Optional<KeyRing> ring,
      final Optional<KeyHandover> keys,
      final RunPlan plan) {
    this.arms = arms;
    this.seed = seed;
    this.ring = ring;
    this.keys = keys;
    this.plan = plan;
  }

  /**
   * Prepares a run of the embedded simulator.
   *
   * @throws IllegalArgumentException if the simulator does not speak what a target asks
   */
  static Preparation simulated(final List<Arm> arms, final long seed) {
    return new Preparation(
        arms, seed, Optional.empty(), Optional.empty(), RunPlan.simulated(arms, seed, NOT_STARTED));
  }

  /**
   * Prepares a run of real services, and reads all its keys.
   *
   * @throws MissingKeyException if a key is missing; where several are, the others are suppressed
   *     exceptions of the first
   */
  static Preparation real(final List<Arm> arms, final long seed) throws MissingKeyException {
    final Configuration configuration = arms.get(0).configuration();
    final KeyRing ring =
        new KeyRing(System.getenv(), configuration.keys().dotEnv(), configuration.keys().vault());
    final KeyHandover keys = new KeyHandover(ring, System::nanoTime);
    try {
      final RunPlan plan = RunPlan.real(arms, seed, keys);
      if (configuration.care().storeTexts()) {
        checkTextKey(keys, configuration);
      }
      refuseBeyondBudget(plan);
      keys.planned();
      return new Preparation(arms, seed, Optional.of(ring), Optional.of(keys), plan);
    } catch (final MissingKeyException | RuntimeException e) {
      keys.close();
      ring.close();
      throw e;
    }
  }

  private static void refuseBeyondBudget(final RunPlan plan) {
    final Optional<String> refusal = new RunEstimate(plan, RunPrices.of(plan)).refusal();
    if (refusal.isPresent()) {
      throw new IllegalArgumentException(refusal.get());
    }
  }

  /**
   * The plan of a run, for somebody to read: no key is looked for, and nothing is sent.
   *
   * @throws IllegalArgumentException if it can't be planned
   */
  static RunPlan planOnly(final List<Arm> arms, final long seed, final boolean simulated) {
    try {
      return simulated
          ? RunPlan.simulated(arms, seed, NOT_STARTED)
          : RunPlan.real(arms, seed, new MadeUpKeys());
    } catch (final MissingKeyException impossible) {
      throw new IllegalStateException("made-up keys are never missing", impossible);
    }
  }

  private static void checkTextKey(final KeyHandover keys, final Configuration configuration)
      throws MissingKeyException {
    try (Secret key = keys.read(configuration.care().storeKey(), "data.store_texts").secret()) {
      TextSeal.of(key);
    } catch (final KeyAccessException e) {
      throw new MissingKeyException(e.getMessage());
    }
  }

  /** The plan, with the simulator's address where it measures the simulator. */
  RunPlan plan(final SimulatorAddress simulator) {
    return plan.simulated() ? RunPlan.simulated(arms, seed, simulator) : plan;
  }

  /** Where measuring processes get their keys; empty for the simulator. */
  Optional<KeyHandover> keys() {
    return keys;
  }

  @Override
  public void close() {
    keys.ifPresent(KeyHandover::close);
    ring.ifPresent(KeyRing::close);
  }
}
