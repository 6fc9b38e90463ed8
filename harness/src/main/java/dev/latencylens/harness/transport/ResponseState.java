package dev.latencylens.harness.transport;

import dev.latencylens.harness.provider.StreamApi;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the response to one request, as it comes: interim responses, a proxy's refusal
 * to open a tunnel, the head, and the body of what is no stream. Guarded by the monitor of its
 * exchange.
 */
final class ResponseState {
  private static final int MOST_INTERIM_RESPONSES = 20;

  private int interimResponses;
  private OptionalInt refusedByProxy = OptionalInt.empty();
  private OptionalInt status = OptionalInt.empty();
  private ResponseHead head = ResponseHead.NONE;
  private Optional<ResponseSummary> notAStream = Optional.empty();

  /**
   * A response before the response, such as 103: it says nothing here, and may not go on.
   *
   * @return a complaint once there are too many
   */
  Optional<String> interim() {
    return ++interimResponses > MOST_INTERIM_RESPONSES
        ? Optional.of("sent more than " + MOST_INTERIM_RESPONSES + " interim responses")
        : Optional.empty();
  }

  /** A head came before the request had started: to a request for a tunnel, with this status. */
  void noTunnel(final HttpResponse response) {
    refusedByProxy = OptionalInt.of(response.getCode());
  }

  /** The service's own head. */
  void head(
      final HttpResponse response, final @Nullable EntityDetails entity, final StreamApi api) {
    status = OptionalInt.of(response.getCode());
    head = ResponseHead.of(response, api);
    notAStream = Optional.ofNullable(ResponseSummary.unlessStream(response, entity, api));
  }

  /** With which status a proxy opened no tunnel, if it didn't: then the service was not reached. */
  OptionalInt refusedByProxy() {
    return refusedByProxy;
  }

  /** The service's status, once it came. */
  OptionalInt status() {
    return status;
  }

  ResponseHead head() {
    return head;
  }

  /** What the response is instead of a stream: its status then says all. */
  Optional<ResponseSummary> notAStream() {
    return notAStream;
  }
}
