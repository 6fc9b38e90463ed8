package dev.latencylens.benchmarks.streaming;

import dev.latencylens.benchmarks.audit.AuditTrail;
import dev.latencylens.harness.audit.Audit;
import dev.latencylens.harness.audit.AuditEvent;
import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Puts a measuring process's streams into the run's audit log, and the first use of its key.
 * Thread-safe.
 */
final class StreamAudit implements Closeable {
  private static final String ACCEPTED = "accepted";
  private static final String REFUSED = "refused";

  private final AuditTrail trail;
  private final Credentials credentials;
  private final Optional<String> userId;
  private final AtomicBoolean authenticated = new AtomicBoolean();

  private StreamAudit(
      final AuditTrail trail, final Credentials credentials, final Optional<String> userId) {
    this.trail = trail;
    this.credentials = credentials;
    this.userId = userId;
  }

  /**
   * Goes on with the log that the runner began.
   *
   * @throws IOException if it can't be
   */
  static StreamAudit join(final RoundPlan plan, final Credentials credentials) throws IOException {
    return new StreamAudit(AuditTrail.join(plan.runDirectory()), credentials, plan.userId());
  }

  void ended(final StreamRecord record) {
    // Without an answer nobody has looked at the key yet, unless there was none to send.
    final boolean refused = record.outcome() == Outcome.AUTH_FAILED;
    if ((refused || record.httpStatus().isPresent()) && authenticated.compareAndSet(false, true)) {
      final AuditEvent event =
          AuditEvent.of(AuditEvent.Kind.AUTHENTICATION)
              .provider(record.provider())
              .model(record.model())
              .source(credentials.source())
              .status(refused ? REFUSED : ACCEPTED);
      Audit.log(userId.map(event::userId).orElse(event));
    }
    Audit.stream(record, userId);
  }

  @Override
  public void close() throws IOException {
    trail.close();
  }
}
