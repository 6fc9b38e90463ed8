package dev.latencylens.harness.transport;

import dev.latencylens.harness.stream.Outcome;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.http2.H2ConnectionException;
import org.apache.hc.core5.http2.H2StreamResetException;
import org.apache.hc.core5.http2.hpack.HeaderListConstraintException;
import org.jspecify.annotations.Nullable;

/**
 * Names what went wrong on the wire. The sentences are this project's own: an exception's message
 * may repeat what a server sent.
 */
final class FailureClassifier {
  /**
   * A failure with its name.
   *
   * @param outcome which of the closed set it is
   * @param detail what to tell a person
   */
  record Failure(Outcome outcome, String detail) {}

  /** The JDK has no types for alerts (RFC 8446, section 6.2); this is how it names them. */
  private static final Pattern CLIENT_CERTIFICATE_ALERT =
      Pattern.compile(
          "alert:? .*(certificate_required|bad_certificate|certificate_unknown|unknown_ca"
              + "|access_denied)");

  private FailureClassifier() {}

  /**
   * Classifies an exception.
   *
   * @param cause what HttpClient reported
   * @param origin scheme, host and port, for the sentence
   * @param requestWritten whether the request had gone out
   * @param handshaking whether the TLS handshake was under way
   */
  static Failure classify(
      final Exception cause,
      final String origin,
      final boolean requestWritten,
      final boolean handshaking) {
    if (!requestWritten) {
      return beforeRequest(cause, origin, handshaking);
    }
    if (is(cause, MessageConstraintException.class)
        || is(cause, HeaderListConstraintException.class)) {
      return new Failure(
          Outcome.TOO_LARGE, "the response head from " + origin + " exceeds the limit");
    }
    if (is(cause, MalformedChunkCodingException.class)
        && !is(cause, TruncatedChunkException.class)) {
      return new Failure(
          Outcome.MALFORMED, "the chunked coding of the response from " + origin + " is broken");
    }
    if (is(cause, H2StreamResetException.class)) {
      return new Failure(Outcome.CONNECTION_LOST, origin + " reset the HTTP/2 stream");
    }
    if (is(cause, H2ConnectionException.class)) {
      return new Failure(Outcome.CONNECTION_LOST, "the HTTP/2 connection to " + origin + " broke");
    }
    if (is(cause, HttpException.class)) {
      return new Failure(Outcome.MALFORMED, "the response from " + origin + " is not valid HTTP");
    }
    if (wantsClientCertificate(cause)) {
      return certificateWanted(origin);
    }
    if (is(cause, SSLException.class) && !is(cause, ConnectionClosedException.class)) {
      return new Failure(Outcome.CONNECTION_LOST, "the TLS connection to " + origin + " broke");
    }
    return new Failure(
        Outcome.CONNECTION_LOST, origin + " closed the connection before the stream's end");
  }

  private static Failure beforeRequest(
      final Exception cause, final String origin, final boolean handshaking) {
    if (is(cause, ConnectTimeoutException.class)
        || is(cause, SocketTimeoutException.class)
        || is(cause, ConnectionRequestTimeoutException.class)) {
      return new Failure(Outcome.TIMEOUT_CONNECT, "no connection to " + origin + " in time");
    }
    final RefusedAddressException refused = find(cause, RefusedAddressException.class);
    if (refused != null) {
      return new Failure(
          Outcome.REFUSED_BY_LIMIT, origin + " is at " + refused.getMessage() + ", on the target");
    }
    final PinMismatchException mismatch = find(cause, PinMismatchException.class);
    if (mismatch != null) {
      return new Failure(
          Outcome.TLS_FAILED,
          "none of the pins stands in the verified chain of "
              + origin
              + ", whose keys are "
              + mismatch.getMessage());
    }
    if (is(cause, SSLPeerUnverifiedException.class)) {
      return new Failure(
          Outcome.TLS_FAILED, "the certificate of " + origin + " is for another name");
    }
    if (is(cause, CertificateException.class) || is(cause, CertPathBuilderException.class)) {
      return new Failure(Outcome.TLS_FAILED, certificateProblem(cause, origin));
    }
    if (wantsClientCertificate(cause)) {
      return certificateWanted(origin);
    }
    if (is(cause, SSLException.class) || handshaking) {
      return new Failure(Outcome.TLS_FAILED, "the TLS handshake with " + origin + " failed");
    }
    if (is(cause, UnknownHostException.class) || is(cause, UnresolvedAddressException.class)) {
      return new Failure(Outcome.CONNECT_FAILED, "the name in " + origin + " can't be resolved");
    }
    if (is(cause, NoRouteToHostException.class)) {
      return new Failure(Outcome.CONNECT_FAILED, "there is no route to " + origin);
    }
    if (is(cause, ConnectException.class)) {
      return new Failure(Outcome.CONNECT_FAILED, origin + " refuses connections");
    }
    if (is(cause, CancellationException.class)) {
      return new Failure(Outcome.CANCELLED, "cancelled before a connection was there");
    }
    return new Failure(Outcome.CONNECT_FAILED, "no connection to " + origin);
  }

  /** With TLS 1.3 a server says so only after the client's part of the handshake is done. */
  private static boolean wantsClientCertificate(final Exception cause) {
    final SSLException alert = find(cause, SSLException.class);
    return alert != null
        && alert.getMessage() != null
        && CLIENT_CERTIFICATE_ALERT.matcher(alert.getMessage()).find();
  }

  private static Failure certificateWanted(final String origin) {
    return new Failure(
        Outcome.TLS_FAILED,
        origin + " takes no connection without a certificate that it knows: client_certificate");
  }

  private static String certificateProblem(final Exception cause, final String origin) {
    if (is(cause, CertificateExpiredException.class)) {
      return "the certificate of " + origin + " has expired";
    }
    final CertificateException problem = find(cause, CertificateException.class);
    // The JDK has no type of its own for a wrong name; this is how its message begins.
    if (problem != null
        && problem.getMessage() != null
        && problem.getMessage().startsWith("No ")
        && problem.getMessage().contains("subject alternative")) {
      return "the certificate of " + origin + " is for another name";
    }
    return "the certificate of "
        + origin
        + " is not trusted: give its authority as ca_bundle (verification can't be turned off)";
  }

  private static boolean is(final Throwable cause, final Class<? extends Throwable> type) {
    return find(cause, type) != null;
  }

  private static <T extends Throwable> @Nullable T find(
      final Throwable cause, final Class<T> type) {
    Throwable current = cause;
    // Bounded, since a chain of causes may be a ring.
    for (int depth = 0; current != null && depth < 20; depth++) {
      if (type.isInstance(current)) {
        return type.cast(current);
      }
      current = current.getCause();
    }
    return null;
  }
}
