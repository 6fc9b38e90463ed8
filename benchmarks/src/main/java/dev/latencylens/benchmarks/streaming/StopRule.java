package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.audit.Audit;
import dev.latencylens.harness.audit.AuditEvent;
import dev.latencylens.harness.config.ErrorStop;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Decides that a round starts no more streams: its target failed too often, or the budget is used
 * up. Streams under way go on. Thread-safe.
 */
final class StopRule {
  private final ErrorStop errorStop;
  private final CompletableFuture<String> stop = new CompletableFuture<>();
  private long ended;
  private long errors;

  StopRule(final ErrorStop errorStop, final Carried carried) {
    this.errorStop = errorStop;
    ended = carried.ended();
    errors = carried.errors();
  }

  /** A stream has ended. */
  synchronized void ended(final StreamRecord record) {
    ended++;
    if (record.outcome() != Outcome.COMPLETE) {
      errors++;
    }
    if (errorStop.isReached(ended, errors)) {
      stop(
          record.provider(),
          record.model(),
          String.format(
              Locale.ROOT,
              "%d of %d streams failed, more than stop_target.error_share (%s) allows",
              errors,
              ended,
              errorStop.share()));
    }
  }

  /** No more is to be started. The first reason stays. */
  void stop(final String provider, final String model, final String reason) {
    if (stop.complete(reason)) {
      Audit.log(
          AuditEvent.of(AuditEvent.Kind.LIMIT_REACHED)
              .provider(provider)
              .model(model)
              .status("stopped"));
    }
  }

  boolean isStopped() {
    return stop.isDone();
  }

  Optional<String> reason() {
    return Optional.ofNullable(stop.getNow(null));
  }

  /** Runs something once it is decided; at once if it is already. */
  void whenStopped(final Runnable action) {
    final var unused = stop.thenRun(action);
  }
}
