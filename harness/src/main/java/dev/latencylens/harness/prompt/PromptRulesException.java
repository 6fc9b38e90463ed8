package dev.latencylens.harness.prompt;

/** A rule file can't be used. The message says where and why. */
public final class PromptRulesException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message where and why
   */
  public PromptRulesException(final String message) {
    super(message);
  }

  /** Where and why; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
