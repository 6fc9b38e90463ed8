package dev.latencylens.harness.transport;

import java.lang.reflect.Field;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.nio.DataStreamChannel;

/**
 * Resets one HTTP/2 stream (RFC 9113, section 6.4: RST_STREAM with CANCEL).
 *
 * <p>HttpCore can do that from any thread, but shows nobody how: what it hands out for cancelling
 * takes effect with the next frame of the stream, and a stream that is stalled has none. So the
 * stream's own channel is taken from within the one that its request is written to. The tests see
 * on the server's side whether that still works in a new version.
 */
final class StreamReset {
  private static final ClassValue<Field> INNER =
      new ClassValue<>() {
        @Override
        protected Field computeValue(final Class<?> outer) {
          for (final Field field : outer.getDeclaredFields()) {
            if (Cancellable.class.isAssignableFrom(field.getType())) {
              field.setAccessible(true);
              return field;
            }
          }
          throw new IllegalStateException(
              "this version of HttpCore hides how a stream is reset: " + outer.getName());
        }
      };

  private StreamReset() {}

  /**
   * What resets a stream.
   *
   * @param channel what HttpCore gave the stream to write its request to, over HTTP/2
   */
  static Cancellable of(final DataStreamChannel channel) {
    try {
      return (Cancellable) INNER.get(channel.getClass()).get(channel);
    } catch (final IllegalAccessException e) {
      throw new IllegalStateException("HttpCore hides how a stream is reset", e);
    }
  }
}
