package dev.latencylens.harness.audit;

import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Where audit events go: the SLF4J logger {@value #LOGGER}, at level INFO, with each field as a
 * key-value pair of the logging event. Where nobody listens there, nothing happens. Thread-safe;
 * what listens must not block, so that any thread may log.
 */
public final class Audit {
  /** The logger's name. */
  public static final String LOGGER = "dev.latencylens.audit";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

  private Audit() {}

  /**
   * Logs an event.
   *
   * @param event the event
   */
  public static void log(final AuditEvent event) {
    LoggingEventBuilder line = LOG.atInfo().setMessage(event.kind().wireName());
    for (final var field : event.fields().entrySet()) {
      line = line.addKeyValue(field.getKey(), field.getValue());
    }
    line.log();
  }

  /**
   * Logs what a stream's end means: {@code refused} for one that was never sent; else {@code
   * api_call}, and with it {@code rate_limited} or {@code error} where it did not go well. The
   * request's id is the run's own: what the service calls it is the service's text.
   *
   * @param record the ended stream
   * @param userId whose request it was, where configured
   */
  public static void stream(final StreamRecord record, final Optional<String> userId) {
    if (record.outcome() == Outcome.REFUSED_BY_LIMIT) {
      log(of(AuditEvent.Kind.REFUSED, record, userId));
      return;
    }
    final long start = record.actualStart().orElse(record.release());
    log(
        of(AuditEvent.Kind.API_CALL, record, userId)
            .durationMillis(TimeUnit.NANOSECONDS.toMillis(record.end() - start)));
    if (record.outcome() == Outcome.RATE_LIMITED) {
      log(of(AuditEvent.Kind.RATE_LIMITED, record, userId));
    } else if (record.outcome() != Outcome.COMPLETE) {
      log(of(AuditEvent.Kind.ERROR, record, userId));
    }
  }

  private static AuditEvent of(
      final AuditEvent.Kind kind, final StreamRecord record, final Optional<String> userId) {
    final AuditEvent event =
        AuditEvent.of(kind)
            .provider(record.provider())
            .model(record.model())
            .status(record.outcome().wireName())
            .requestId(record.requestId());
    return userId.map(event::userId).orElse(event);
  }
}
