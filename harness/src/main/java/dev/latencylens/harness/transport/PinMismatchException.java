package dev.latencylens.harness.transport;

import java.security.cert.CertificateException;

/** A server's certificate is valid, but none of the pinned keys stands in its chain. */
final class PinMismatchException extends CertificateException {
  private static final long serialVersionUID = 1L;

  /** Hashes of keys alone: nothing that a server made up. */
  PinMismatchException(final String hashes) {
    super(hashes);
  }

  /** The hashes that were seen; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
