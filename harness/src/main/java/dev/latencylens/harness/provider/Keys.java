package dev.latencylens.harness.provider;

import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.secret.Secret;

/** The keys that one target may use. */
public interface Keys {
  /**
   * Reads the target's key: the one that its configuration names, else the one in the provider's
   * own environment variable.
   *
   * @param ownVariable the variable that the provider's own tools read, such as {@code
   *     OPENAI_API_KEY}
   * @return the key, to be closed by the caller
   * @throws MissingKeyException if there is no usable key; the message names the variable
   */
  Secret read(String ownVariable) throws MissingKeyException;

  /**
   * Whether the configuration names a key for this target, so that no other kind of credentials is
   * to be looked for.
   *
   * @return false where the provider is to look where its own tools do
   */
  boolean named();

  /**
   * Whether an environment variable holds something.
   *
   * @param variable its name
   * @return false if it is not set or blank
   */
  boolean has(String variable);

  /**
   * Whether requests go to the simulator, which takes any key. {@link #read} then gives a made-up
   * one, and no real credentials may be looked for or renewed.
   *
   * @return true for the simulator
   */
  boolean madeUp();
}
