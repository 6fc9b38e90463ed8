package dev.latencylens.harness.provider.bedrock;

import dev.latencylens.harness.stream.EventSink;
import dev.latencylens.harness.stream.StreamAttribute;

/** Reports the time that the service says it spent, once. Not thread-safe. */
final class ServerTime {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private boolean reported;

  void report(final long millis, final EventSink sink) {
    if (!reported && millis >= 0 && millis <= Long.MAX_VALUE / NANOS_PER_MILLI) {
      reported = true;
      sink.attribute(StreamAttribute.SERVER_NANOS, Long.toString(millis * NANOS_PER_MILLI));
    }
  }
}
