package dev.latencylens.benchmarks.runner;

import dev.latencylens.benchmarks.audit.AuditTrail;
import dev.latencylens.harness.audit.Audit;
import dev.latencylens.harness.audit.AuditEvent;
import dev.latencylens.results.audit.ConfigChanges;
import dev.latencylens.results.audit.LastRun;
import dev.latencylens.results.run.RunDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What the runner itself puts into a run's audit log: its start, what changed, its end. */
final class RunAudit implements AutoCloseable {
  private final AuditTrail trail;
  private final Optional<String> userId;

  private RunAudit(final AuditTrail trail, final Optional<String> userId) {
    this.trail = trail;
    this.userId = userId;
  }

  /**
   * Begins the log.
   *
   * @param run the run, its manifest written
   * @param userId whose run it is, where configured
   */
  static RunAudit begin(final RunDirectory run, final Optional<String> userId) throws IOException {
    final RunAudit audit = new RunAudit(AuditTrail.open(run.path()), userId);
    audit.log(AuditEvent.of(AuditEvent.Kind.RUN_START));
    final Optional<LastRun> last = LastRun.before(run);
    if (last.isPresent()) {
      final List<String> changed =
          ConfigChanges.between(
              last.get().manifest().configuration(), run.manifest().configuration());
      if (!changed.isEmpty()) {
        audit.log(AuditEvent.of(AuditEvent.Kind.CONFIG_CHANGED).changed(changed));
      }
    }
    return audit;
  }

  private void log(final AuditEvent event) {
    Audit.log(userId.map(event::userId).orElse(event));
  }

  /**
   * The run came to its end: the log is sealed, and its head kept outside the run's directory.
   *
   * @param status how it ended, such as {@code finished}
   */
  void finish(final String status) throws IOException {
    log(AuditEvent.of(AuditEvent.Kind.RUN_END).status(status));
    trail.finish();
  }

  @Override
  public void close() throws IOException {
    trail.close();
  }
}
