package dev.latencylens.benchmarks.redaction;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.latencylens.harness.secret.Redactor;
import java.nio.charset.StandardCharsets;

/**
 * Encodes a log event as its pattern says, and takes keys out of the result: so out of the message
 * and its arguments, the whole chain of an exception, the thread's name and whatever else a pattern
 * may name.
 */
public final class RedactingEncoder extends PatternLayoutEncoder {
  @Override
  public byte[] encode(final ILoggingEvent event) {
    return Redactor.redact(layout.doLayout(event)).getBytes(StandardCharsets.UTF_8);
  }
}
