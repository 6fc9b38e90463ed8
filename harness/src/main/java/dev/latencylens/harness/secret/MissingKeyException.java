package dev.latencylens.harness.secret;

/**
 * A key that is needed is not there. The message says what to do about it and never holds a value.
 */
public final class MissingKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what to do about it; names variables, never a value
   */
  public MissingKeyException(final String message) {
    super(message);
  }

  /** What to do about it; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
