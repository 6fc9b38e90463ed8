package dev.latencylens.benchmarks.init;

/** Where the key of the new target is kept; never the key itself. */
sealed interface KeyPlace {
  /** Where the provider's own tools look, then the {@code .env} beside the configuration. */
  record Own() implements KeyPlace {}

  /**
   * An environment variable.
   *
   * @param name its name
   */
  record Variable(String name) implements KeyPlace {
    /** What a variable's name looks like, and few keys do. */
    static final String FORM = "[A-Za-z_][A-Za-z0-9_]{0,63}";

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is none; the message does not repeat it, as it could
     *     be a key
     */
    public Variable {
      if (!name.matches(FORM)) {
        throw new IllegalArgumentException(
            "that is no name of an environment variable (letters, digits and _): name the variable"
                + " that holds the key; the key itself must not be typed here");
      }
    }
  }

  /**
   * A file that holds nothing but the key.
   *
   * @param path as it will stand in the configuration
   */
  record KeyFile(String path) implements KeyPlace {}

  /** The server needs no key. */
  record None() implements KeyPlace {}
}
