package dev.latencylens.harness.stream;

/**
 * A body that can't be decoded any further. The message names the place and never repeats the body:
 * it may hold anything.
 */
public final class BrokenStreamException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Outcome outcome;

  private BrokenStreamException(final Outcome outcome, final String message) {
    super(message);
    this.outcome = outcome;
  }

  /**
   * The body breaks its wire format.
   *
   * @param message the place and what is wrong there, without the body's text
   * @return the exception, to be thrown
   */
  public static BrokenStreamException malformed(final String message) {
    return new BrokenStreamException(Outcome.MALFORMED, message);
  }

  /**
   * The body, or one event of it, is too large.
   *
   * @param message which limit was passed, and its size
   * @return the exception, to be thrown
   */
  public static BrokenStreamException tooLarge(final String message) {
    return new BrokenStreamException(Outcome.TOO_LARGE, message);
  }

  /**
   * What the stream ends in.
   *
   * @return {@link Outcome#MALFORMED} or {@link Outcome#TOO_LARGE}
   */
  public Outcome outcome() {
    return outcome;
  }
}
