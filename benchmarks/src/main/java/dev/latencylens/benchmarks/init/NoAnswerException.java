package dev.latencylens.benchmarks.init;

/** Something has to be known, and nobody is there to say it. The message is for a person. */
final class NoAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  NoAnswerException(final String message) {
    super(message);
  }
}
