package dev.latencylens.harness.transport;

import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.IOSessionListener;

/**
 * Stamps each read at the earliest place HttpCore offers: before the raw read, and so before TLS or
 * HTTP look at the bytes. Stateless: the stamp lives in the I/O thread.
 */
final class ArrivalStamper implements IOSessionListener {
  @Override
  public void inputReady(final IOSession session) {
    if (Thread.currentThread() instanceof ArrivalThread thread) {
      thread.inputReady(session);
    }
  }

  @Override
  public void outputReady(final IOSession session) {
    leave();
  }

  @Override
  public void connected(final IOSession session) {
    leave();
  }

  @Override
  public void startTls(final IOSession session) {}

  @Override
  public void timeout(final IOSession session) {
    leave();
  }

  @Override
  public void exception(final IOSession session, final Exception cause) {}

  @Override
  public void disconnected(final IOSession session) {
    leave();
  }

  /** Another kind of I/O event has begun: the last read's stamp is over. */
  private static void leave() {
    if (Thread.currentThread() instanceof ArrivalThread thread) {
      thread.inputOver();
    }
  }
}
