package dev.latencylens.harness.secret;

/**
 * A place where a key should be does not give it. The message says what to do about it; it holds no
 * value, and nothing that a server or a command said. There is never a cause, since that of a
 * library may hold either.
 */
public final class KeyAccessException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what is wrong and what to do about it, one sentence without a full stop
   */
  public KeyAccessException(final String message) {
    super(message);
  }

  /** What is wrong and what to do about it; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
