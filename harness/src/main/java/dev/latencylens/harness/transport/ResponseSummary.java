package dev.latencylens.harness.transport;

import dev.latencylens.harness.provider.ResponseHeaders;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.stream.Outcome;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * A response that is not a stream: what its status means, and the beginning of its body, from which
 * the provider's error type is read. Used by one thread.
 */
final class ResponseSummary {
  private static final int MAX_BODY = 64 * 1024;

  /** JSON lines have types of their own, such as application/jsonl. */
  private static final Pattern NEVER_A_STREAM =
      Pattern.compile("(application/json|text/html)\\s*(;.*)?", Pattern.DOTALL);

  private static final Pattern IDENTITY =
      Pattern.compile("\\s*(identity\\s*)?", Pattern.CASE_INSENSITIVE);

  private final Outcome outcome;
  private final boolean compressed;
  private final int status;
  private final StreamApi api;
  private final ResponseHeaders headers;
  private final ByteBuffer body = ByteBuffer.allocate(MAX_BODY);

  private ResponseSummary(final Outcome outcome, final HttpResponse response, final StreamApi api) {
    this.outcome = outcome;
    this.compressed = isCompressed(response);
    this.status = response.getCode();
    this.api = api;
    this.headers = name -> ResponseHead.first(response, name);
  }

  /**
   * Looks at the head of a response.
   *
   * @return null if a stream follows
   */
  static @Nullable ResponseSummary unlessStream(
      final HttpResponse response, final @Nullable EntityDetails entity, final StreamApi api) {
    final int status = response.getCode();
    final Outcome byStatus = byStatus(status);
    if (byStatus != null) {
      return new ResponseSummary(byStatus, response, api);
    }
    final String type =
        entity == null || entity.getContentType() == null
            ? ""
            : entity.getContentType().toLowerCase(Locale.ROOT);
    // Servers label streams in several ways; these two labels never mean one.
    final boolean stream =
        entity != null && !NEVER_A_STREAM.matcher(type).matches() && !isCompressed(response);
    return stream ? null : new ResponseSummary(Outcome.UNEXPECTED_RESPONSE, response, api);
  }

  /**
   * Whether the body is coded, though the request allows no coding. It is not expanded: that could
   * take any amount of memory, and its events would be stamped when the expansion lets go of them.
   */
  private static boolean isCompressed(final HttpResponse response) {
    return Arrays.stream(response.getHeaders(HttpHeaders.CONTENT_ENCODING))
        .map(Header::getValue)
        .anyMatch(value -> value != null && !IDENTITY.matcher(value).matches());
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
    if (compressed) {
      return origin
          + " answered with a compressed body, status "
          + status
          + ", though none was asked for: turn compression off there";
    }
    final byte[] read = new byte[body.position()];
    body.get(0, read);
    final Optional<String> type = api.errorType(headers, read);
    return origin
        + " answered "
        + (outcome == Outcome.UNEXPECTED_RESPONSE ? "with something other than a stream, " : "")
        + "status "
        + status
        + type.map(t -> " (" + t + ")").orElse("");
  }
}
