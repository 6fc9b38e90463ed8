package dev.latencylens.harness.transport;

import java.net.UnknownHostException;

/** A name stands for addresses that nothing may be sent to, and for no other. */
final class RefusedAddressException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  RefusedAddressException(final String reason) {
    super(reason);
  }

  /** What was refused and how to allow it; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
