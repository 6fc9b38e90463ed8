package dev.latencylens.harness.transport;

import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.stream.Outcome;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * A response that is not a stream: what its status means, and the beginning of its body, from which
 * the provider's error type is read. Used by one thread.
 */
final class ResponseSummary {
  private static final int MAX_BODY = 64 * 1024;

  private final Outcome outcome;
  private final int status;
  private final Provider provider;
  private final ByteBuffer body = ByteBuffer.allocate(MAX_BODY);

  private ResponseSummary(final Outcome outcome, final int status, final Provider provider) {
    this.outcome = outcome;
    this.status = status;
    this.provider = provider;
  }

  /**
   * Looks at the head of a response.
   *
   * @return null if a stream follows
   */
  static @Nullable ResponseSummary unlessStream(
      final HttpResponse response, final @Nullable EntityDetails entity, final Provider provider) {
    final int status = response.getCode();
    final Outcome byStatus = byStatus(status);
    if (byStatus != null) {
      return new ResponseSummary(byStatus, status, provider);
    }
    final String type =
        entity == null || entity.getContentType() == null
            ? ""
            : entity.getContentType().toLowerCase(Locale.ROOT);
    // Servers label streams in several ways; these two labels never mean one.
    final boolean stream =
        entity != null && !type.startsWith("application/json") && !type.startsWith("text/html");
    return stream ? null : new ResponseSummary(Outcome.UNEXPECTED_RESPONSE, status, provider);
  }

  private static @Nullable Outcome byStatus(final int status) {
    if (status == 401 || status == 403) {
      return Outcome.AUTH_FAILED;
    }
    if (status == 429) {
      return Outcome.RATE_LIMITED;
    }
    return switch (status / 100) {
      case 2 -> status == 200 ? null : Outcome.UNEXPECTED_RESPONSE;
      case 3 -> Outcome.HTTP_3XX;
      case 4 -> Outcome.HTTP_4XX;
      case 5 -> Outcome.HTTP_5XX;
      default -> Outcome.UNEXPECTED_RESPONSE;
    };
  }

  /** Keeps the beginning of the body and drops the rest. */
  void read(final ByteBuffer bytes) {
    final int count = Math.min(bytes.remaining(), body.remaining());
    body.put(body.position(), bytes, bytes.position(), count);
    body.position(body.position() + count);
    bytes.position(bytes.limit());
  }

  Outcome outcome() {
    return outcome;
  }

  String detail(final String origin) {
    final byte[] read = new byte[body.position()];
    body.get(0, read);
    final Optional<String> type = read.length == 0 ? Optional.empty() : provider.errorType(read);
    return origin
        + " answered "
        + (outcome == Outcome.UNEXPECTED_RESPONSE ? "with something other than a stream, " : "")
        + "status "
        + status
        + type.map(t -> " (" + t + ")").orElse("");
  }
}
