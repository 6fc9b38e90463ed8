package dev.latencylens.benchmarks.runner;

import dev.latencylens.harness.secret.KeyLocation;
import dev.latencylens.harness.secret.KeySupply;
import dev.latencylens.harness.secret.MissingKeyException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The keys of a run: read once, and again when they may have been rotated, however many measuring
 * processes ask. Gives only keys that were read while the run was planned, so that a process which
 * gets at the channel can have no other place read, and no other command run. Thread-safe.
 */
final class KeyHandover implements KeySupply, AutoCloseable {
  private final KeySupply keys;
  private final LongSupplier nanoTime;
  private final Map<List<KeyLocation>, Held> held = new HashMap<>();
  private final Set<List<KeyLocation>> planned = ConcurrentHashMap.newKeySet();
  private volatile boolean planning = true;

  /** A key, and when it is to be read again. */
  private record Held(ReadKey key, long due) {}

  KeyHandover(final KeySupply keys, final LongSupplier nanoTime) {
    this.keys = keys;
    this.nanoTime = nanoTime;
  }

  /** From now on only keys are given that were read before. */
  void planned() {
    planning = false;
  }

  /** Reads a key; the caller gets a copy of its own. */
  @Override
  public synchronized ReadKey read(final List<KeyLocation> places, final String neededBy)
      throws MissingKeyException {
    if (planning) {
      planned.add(List.copyOf(places));
    } else if (!planned.contains(places)) {
      throw new MissingKeyException("a key was asked for that is not part of this run's plan");
    }
    final long now = nanoTime.getAsLong();
    Held current = held.get(places);
    if (current == null || now - current.due() >= 0) {
      final ReadKey read = keys.read(places, neededBy);
      final Held renewed = new Held(read, now + read.validFor().toNanos());
      final Held old = held.put(List.copyOf(places), renewed);
      if (old != null) {
        old.key().secret().close();
      }
      current = renewed;
    }
    return new ReadKey(
        current.key().secret().copy(), current.key().validFor(), current.key().source());
  }

  @Override
  public List<KeyLocation> own(final String variable) {
    return keys.own(variable);
  }

  @Override
  public boolean has(final String variable) {
    return keys.has(variable);
  }

  @Override
  public synchronized void close() {
    held.values().forEach(one -> one.key().secret().close());
    held.clear();
  }
}
