package dev.latencylens.benchmarks.redaction;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Keeps the loggers silent that repeat what goes over the wire, whatever their level: keys would
 * stand there in pieces, and in HTTP/2's own compression, where nothing can find them.
 */
public final class WireLogBan extends TurboFilter {
  private static final List<String> BANNED =
      List.of(
          "org.apache.hc.client5.http.wire",
          "org.apache.hc.client5.http.headers",
          "org.apache.hc.client5.http2",
          "org.apache.hc.core5.http2",
          "org.apache.http.wire",
          "org.apache.http.headers",
          "software.amazon",
          "sun.net.www.protocol.http",
          "jdk.httpclient",
          "jdk.internal.httpclient",
          "com.google.api.client.http",
          "com.google.auth",
          "com.azure",
          "com.microsoft.aad");

  @Override
  public FilterReply decide(
      final @Nullable Marker marker,
      final Logger logger,
      final Level level,
      final @Nullable String format,
      final Object @Nullable [] arguments,
      final @Nullable Throwable thrown) {
    return BANNED.stream().anyMatch(logger.getName()::startsWith)
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }
}
