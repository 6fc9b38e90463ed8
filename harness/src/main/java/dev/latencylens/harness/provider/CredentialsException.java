package dev.latencylens.harness.provider;

/**
 * There are no valid credentials for a request. The message says what to do about it and never
 * holds a secret or a server's free text.
 */
public final class CredentialsException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception. It has no cause: an identity service's exception may hold its answer.
   *
   * @param message what to do about it
   */
  public CredentialsException(final String message) {
    super(message);
  }

  /** What to do about it; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
