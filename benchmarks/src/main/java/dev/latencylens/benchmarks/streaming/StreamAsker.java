package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.StreamingHarness;
import dev.latencylens.harness.config.ModelPrice;
import dev.latencylens.harness.limit.RateLimiter;
import dev.latencylens.harness.limit.Spending;
import dev.latencylens.harness.limit.TokenEstimate;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.transport.Endpoint;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks the measured target for streams: within the budget, the limits and the rule that ends it,
 * again where retries are on; and has each attempt recorded. Thread-safe; no call waits.
 */
final class StreamAsker {
  private static final long FIRST_WAIT_MILLIS = 500;
  private static final int MOST_DOUBLINGS = 6;

  private final StreamingHarness harness;
  private final Endpoint target;
  private final RateLimiter limiter;
  private final Spending spending;
  private final StopRule stopRule;
  private final int retries;
  private final Recorder recorder;
  private final Optional<ModelPrice> price;
  private final AtomicLong retried = new AtomicLong();

  /** Takes each record, with the number of its attempt. */
  @FunctionalInterface
  interface Recorder {
    void ended(StreamRequest request, StreamRecord record, int attempt);
  }

  StreamAsker(
      final StreamingHarness harness,
      final Endpoint target,
      final RateLimiter limiter,
      final Spending spending,
      final StopRule stopRule,
      final int retries,
      final Recorder recorder,
      final Optional<ModelPrice> price) {
    this.harness = harness;
    this.target = target;
    this.limiter = limiter;
    this.spending = spending;
    this.stopRule = stopRule;
    this.retries = retries;
    this.recorder = recorder;
    this.price = price;
  }

  /**
   * Asks for a stream.
   *
   * @param request what to ask
   * @param intendedStart when it should start
   * @param waitedForPlace whether it waited for a place in the load
   * @return completes with the last attempt's record, once that has ended
   */
  CompletableFuture<StreamRecord> ask(
      final StreamRequest request, final long intendedStart, final boolean waitedForPlace) {
    return attempt(
        request,
        intendedStart,
        waitedForPlace ? Optional.of(StreamRecord.CEILING) : Optional.empty(),
        1);
  }

  /** How many attempts were made beside the first ones. */
  long retried() {
    return retried.get();
  }

  private CompletableFuture<StreamRecord> attempt(
      final StreamRequest request,
      final long intendedStart,
      final Optional<String> heldBy,
      final int number) {
    final Spending.Cost atMost =
        new Spending.Cost(1, TokenEstimate.of(request), StreamCost.atMost(request, price));
    final Optional<String> exceeded = spending.pay(atMost);
    if (exceeded.isPresent()) {
      final String reason = "the budget is used up: " + exceeded.get();
      final StreamRecord refused =
          StreamRecord.refused(
              request, target.provider(), reason, intendedStart, System.nanoTime());
      recorder.ended(request, refused, number);
      stopRule.stop(target.provider(), request.model(), reason);
      return CompletableFuture.completedFuture(refused);
    }
    return harness.stream(target, limiter, request, intendedStart)
        .thenCompose(
            ended -> {
              final StreamRecord record = ended.heldBy().isPresent() ? ended : ended.heldBy(heldBy);
              spending.settle(atMost, usedTokens(record), StreamCost.of(record, price));
              recorder.ended(request, record, number);
              stopRule.ended(record);
              return isWorthRetrying(record.outcome()) && number <= retries && !stopRule.isStopped()
                  ? again(request, number + 1)
                  : CompletableFuture.completedFuture(record);
            });
  }

  private CompletableFuture<StreamRecord> again(final StreamRequest request, final int number) {
    retried.incrementAndGet();
    final long wait = FIRST_WAIT_MILLIS << Math.min(number - 2, MOST_DOUBLINGS);
    final Executor later = CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS);
    return CompletableFuture.supplyAsync(System::nanoTime, later)
        .thenCompose(
            now ->
                attempt(request.withId(id(request.id(), number)), now, Optional.empty(), number));
  }

  private static String id(final String earlier, final int attempt) {
    final int dot = earlier.indexOf('.');
    return (dot < 0 ? earlier : earlier.substring(0, dot)) + "." + attempt;
  }

  /** What failed before an answer began: asking again can't count an answer twice. */
  private static boolean isWorthRetrying(final Outcome outcome) {
    return switch (outcome) {
      case RATE_LIMITED, HTTP_5XX, CONNECT_FAILED, TIMEOUT_CONNECT -> true;
      default -> false;
    };
  }

  private static OptionalLong usedTokens(final StreamRecord record) {
    final OptionalLong input = record.usage().inputTokens();
    final OptionalLong output = record.usage().outputTokens();
    return input.isPresent() && output.isPresent()
        ? OptionalLong.of(input.getAsLong() + output.getAsLong())
        : OptionalLong.empty();
  }
}
