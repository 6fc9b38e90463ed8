package dev.latencylens.harness.stream;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * All that is known of one stream after it ended, however it ended. Stamps are {@link
 * System#nanoTime()} of this process; metrics are computed from them elsewhere. Immutable by
 * agreement: nobody writes into {@link Content#eventStamps()}.
 *
 * @param requestId the request's id within the run
 * @param provider the provider's id
 * @param model the model id that was asked for
 * @param outcome how the stream ended
 * @param detail what to tell a person about a stream that is not complete; free of secrets and of
 *     the server's free text
 * @param httpStatus the response's status, where there was a response
 * @param intendedStart when the load schedule wanted it to start
 * @param release when the limiter let it go
 * @param actualStart just before the first request byte was handed to the connection
 * @param firstByte when the first byte of the body was ready to be read
 * @param end when the stream ended
 * @param limitNanos the deadline that cut it off, for a timeout
 * @param content when content arrived
 * @param usage the provider's token counts
 * @param finishReason why generation ended, in the provider's word
 * @param connection the connection it ran on
 * @param attributes what the stream said of itself
 * @param serverRequestId the id that the service's headers gave the request
 * @param rateLimits the response's headers about rate limits, and where there are any {@code date},
 *     from which they may count, by their names in lower case
 * @param answer the answer text, if there was any: its hash, and itself only where asked for
 */
public record StreamRecord(
    String requestId,
    String provider,
    String model,
    Outcome outcome,
    Optional<String> detail,
    OptionalInt httpStatus,
    long intendedStart,
    long release,
    OptionalLong actualStart,
    OptionalLong firstByte,
    long end,
    OptionalLong limitNanos,
    Content content,
    Usage usage,
    Optional<String> finishReason,
    ConnectionPhases connection,
    Map<StreamAttribute, String> attributes,
    Optional<String> serverRequestId,
    Map<String, String> rateLimits,
    Optional<Answer> answer) {

  /** Copies the maps. */
  public StreamRecord {
    attributes = Map.copyOf(attributes);
    rateLimits = Map.copyOf(rateLimits);
  }
}
