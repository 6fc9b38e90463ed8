package dev.latencylens.harness.secret;

import java.util.Map;
import java.util.Optional;

/** Keys in environment variables. Thread-safe. */
public final class EnvironmentKeys implements KeyReader<KeyLocation.Environment> {
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
   * @throws KeyAccessException if the variable is blank or holds what no key can; the message names
   *     the variable and never its value
   */
  @Override
  public Optional<FoundKey> read(final KeyLocation.Environment location) throws KeyAccessException {
    final String value = environment.get(location.variable());
    if (value == null) {
      return Optional.empty();
    }
    try {
      // The environment of a process does not change, as far as Java can see.
      return Optional.of(new FoundKey(Secret.of(value), FoundKey.FOR_EVER));
    } catch (final IllegalArgumentException unusable) {
      throw new KeyAccessException(
          "set " + location.variable() + " anew: " + unusable.getMessage());
    }
  }

  boolean has(final String variable) {
    final String value = environment.get(variable);
    return value != null && !value.isBlank();
  }

  /** Names no variable and no value. */
  @Override
  public String toString() {
    return "EnvironmentKeys";
  }
}
