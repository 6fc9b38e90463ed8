package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.provider.Credentials;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Gets new tokens before they are needed, on a thread of its own, as long as it is open: in an open
 * loop no stream may wait for one.
 */
final class CredentialRenewal implements AutoCloseable {
  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Thread thread;

  private CredentialRenewal(final Credentials credentials) {
    thread = new Thread(() -> renew(credentials), "latency-lens-credentials");
    thread.setDaemon(true);
  }

  /** Renews what is due now, and goes on with it. */
  static CredentialRenewal of(final Credentials credentials) {
    credentials.refresh();
    final CredentialRenewal renewal = new CredentialRenewal(credentials);
    renewal.thread.start();
    return renewal;
  }

  private static void renew(final Credentials credentials) {
    while (!Thread.currentThread().isInterrupted()) {
      credentials.refresh();
      LockSupport.parkNanos(INTERVAL_NANOS);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
