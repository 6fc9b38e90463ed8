package dev.latencylens.harness.limit;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * Leave to send one request. Whoever was given it ends it once the stream has ended, whatever
 * became of it: until then it takes a place among the streams in flight. Thread-safe.
 */
public final class Release {
  private final long nanos;
  private final Optional<HeldBy> heldBy;
  private final long tokens;
  private final BiConsumer<Release, OptionalLong> onEnd;
  private final AtomicBoolean ended = new AtomicBoolean();

  Release(
      final long nanos,
      final Optional<HeldBy> heldBy,
      final long tokens,
      final BiConsumer<Release, OptionalLong> onEnd) {
    this.nanos = nanos;
    this.heldBy = heldBy;
    this.tokens = tokens;
    this.onEnd = onEnd;
  }

  static Release free(final long nanos) {
    return new Release(nanos, Optional.empty(), 0, (release, used) -> {});
  }

  /**
   * When the request was released.
   *
   * @return the limiter's clock
   */
  public long nanos() {
    return nanos;
  }

  /**
   * The limit that held it, the last one if there were several.
   *
   * @return empty if it was released at once
   */
  public Optional<HeldBy> heldBy() {
    return heldBy;
  }

  /** What was paid for it. */
  long tokens() {
    return tokens;
  }

  /**
   * The stream has ended: frees its place, and corrects what was paid. Calls after the first do
   * nothing. Requests that wait may be released on the calling thread.
   *
   * @param usedTokens what it did cost, input and output together; empty where that is not known,
   *     and the estimate stays paid
   */
  public void end(final OptionalLong usedTokens) {
    if (ended.compareAndSet(false, true)) {
      onEnd.accept(this, usedTokens);
    }
  }
}
