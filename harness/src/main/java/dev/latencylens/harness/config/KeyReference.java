package dev.latencylens.harness.config;

import dev.latencylens.harness.secret.KeyLocation;
import java.util.List;

/** Where a target's key is found: never the key itself. */
public sealed interface KeyReference {

  /**
   * The environment variable that the provider's own tools read, then the same name in the {@code
   * .env} beside the configuration.
   */
  record ProviderDefault() implements KeyReference {}

  /**
   * Places that the configuration names.
   *
   * @param inOrder the places, in the order in which they are tried: at least one
   */
  record Places(List<KeyLocation> inOrder) implements KeyReference {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there is no place
     */
    public Places {
      inOrder = List.copyOf(inOrder);
      if (inOrder.isEmpty()) {
        throw new IllegalArgumentException("there is no place to look for the key");
      }
    }

    /**
     * One environment variable.
     *
     * @param variable its name
     * @return the only place
     */
    public static Places environment(final String variable) {
      return new Places(List.of(new KeyLocation.Environment(variable)));
    }
  }

  /** The server needs no key. */
  record None() implements KeyReference {}
}
