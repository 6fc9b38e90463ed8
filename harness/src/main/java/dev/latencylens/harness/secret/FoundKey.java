package dev.latencylens.harness.secret;

import java.time.Duration;

/**
 * A key that was found.
 *
 * @param secret the key, to be closed by whoever holds it
 * @param validFor after how long it should be read again, as it may have been rotated by then; at
 *     least a second
 */
public record FoundKey(Secret secret, Duration validFor) {
  /** A key that never changes while this process lives. */
  public static final Duration FOR_EVER = Duration.ofDays(3650);
}
