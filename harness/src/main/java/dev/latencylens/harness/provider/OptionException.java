package dev.latencylens.harness.provider;

/** An option of a target is not what its provider takes. */
public final class OptionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String option;

  /**
   * Makes the exception.
   *
   * @param option the option's name
   * @param message what is wrong, to go on after the name; it repeats no value that could be a
   *     secret
   */
  public OptionException(final String option, final String message) {
    super(message);
    this.option = option;
  }

  /**
   * Which option.
   *
   * @return its name
   */
  public String option() {
    return option;
  }

  /** What is wrong with it; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
