package dev.latencylens.harness.secret;

/** A place where keys are kept. Thread-safe. */
public interface KeySource {

  /**
   * Reads a key.
   *
   * @param name what the source calls the key, such as the name of an environment variable
   * @param neededBy who needs it, such as {@code target openai/gpt-4o-mini}: for the message
   * @return the key, to be closed by the caller
   * @throws MissingKeyException if there is no usable key under that name
   */
  Secret read(String name, String neededBy) throws MissingKeyException;

  /**
   * Whether the source holds something under a name.
   *
   * @param name what the source calls the key
   * @return false if there is nothing, or a blank
   */
  boolean has(String name);
}
