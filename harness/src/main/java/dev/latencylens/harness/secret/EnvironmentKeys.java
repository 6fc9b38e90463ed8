package dev.latencylens.harness.secret;

import java.util.Map;

/** Keys in environment variables. */
public final class EnvironmentKeys implements KeySource {
  private final Map<String, String> environment;

  /**
   * Reads from an environment.
   *
   * @param environment such as {@link System#getenv()}; not copied, so that its values are not kept
   *     a second time
   */
  public EnvironmentKeys(final Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Reads a key.
   *
   * @param name the variable
   * @throws MissingKeyException if the variable is not set, blank, or holds what no key can; the
   *     message names the variable and never its value
   */
  @Override
  public Secret read(final String name, final String neededBy) throws MissingKeyException {
    final String value = environment.get(name);
    if (value == null) {
      throw new MissingKeyException("set " + name + ": " + neededBy + " needs a key");
    }
    try {
      return Secret.of(value);
    } catch (final IllegalArgumentException unusable) {
      throw new MissingKeyException(
          "set " + name + " anew: " + unusable.getMessage() + ", and " + neededBy + " needs one");
    }
  }

  @Override
  public boolean has(final String name) {
    final String value = environment.get(name);
    return value != null && !value.isBlank();
  }

  /** Names no variable and no value. */
  @Override
  public String toString() {
    return "EnvironmentKeys";
  }
}
