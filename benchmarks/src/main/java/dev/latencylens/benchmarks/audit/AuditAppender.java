package dev.latencylens.benchmarks.audit;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;

/**
 * Hands the key-value pairs of logging events to the thread that writes them, and nothing else: so
 * neither a message nor an exception gets into an audit log. It takes no lock and returns at once,
 * as the caller may be a thread that measures. Thread-safe.
 */
public final class AuditAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private final AuditWriter writer;

  AuditAppender(final AuditWriter writer) {
    this.writer = writer;
    setName("audit");
  }

  @Override
  protected void append(final ILoggingEvent event) {
    final var pairs = event.getKeyValuePairs();
    if (pairs != null && !pairs.isEmpty()) {
      writer.add(pairs);
    }
  }
}
