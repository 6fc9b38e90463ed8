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
 * @param heldBy what held it back before its release, if anything did: a limit as {@code target
 *     x:requests_per_second}, or {@link #CEILING}
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
    Optional<Answer> answer,
    Optional<String> heldBy) {

  /** What holds a stream that was due while the load's ceiling of streams in flight was reached. */
  public static final String CEILING = "load:max_in_flight";

  /** Copies the maps. */
  public StreamRecord {
    attributes = Map.copyOf(attributes);
    rateLimits = Map.copyOf(rateLimits);
  }

  /**
   * The record of a request that was never sent.
   *
   * @param request what would have been asked
   * @param provider the provider's id
   * @param detail what forbade it
   * @param intendedStart when the load schedule wanted it to start
   * @param now when it was refused
   * @return a record with {@link Outcome#REFUSED_BY_LIMIT}
   */
  public static StreamRecord refused(
      final StreamRequest request,
      final String provider,
      final String detail,
      final long intendedStart,
      final long now) {
    return new StreamRecord(
        request.id(),
        provider,
        request.model(),
        Outcome.REFUSED_BY_LIMIT,
        Optional.of(detail),
        OptionalInt.empty(),
        intendedStart,
        now,
        OptionalLong.empty(),
        OptionalLong.empty(),
        now,
        OptionalLong.empty(),
        Content.NONE,
        Usage.UNKNOWN,
        Optional.empty(),
        ConnectionPhases.NONE,
        Map.of(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The same, held back by something.
   *
   * @param holder what held it, if anything did; what is known already stays otherwise
   * @return a copy
   */
  public StreamRecord heldBy(final Optional<String> holder) {
    return holder.isEmpty()
        ? this
        : new StreamRecord(
            requestId,
            provider,
            model,
            outcome,
            detail,
            httpStatus,
            intendedStart,
            release,
            actualStart,
            firstByte,
            end,
            limitNanos,
            content,
            usage,
            finishReason,
            connection,
            attributes,
            serverRequestId,
            rateLimits,
            answer,
            holder);
  }
}
