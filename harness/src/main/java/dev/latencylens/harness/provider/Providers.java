package dev.latencylens.harness.provider;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The providers that are there, by id. Immutable and thread-safe. */
public final class Providers {
  private final Map<String, Provider> byId;

  private Providers(final Map<String, Provider> byId) {
    this.byId = byId;
  }

  /**
   * Finds all providers on the class path, through {@link ServiceLoader}.
   *
   * @return the providers
   * @throws IllegalStateException if two have the same id
   */
  public static Providers load() {
    final Map<String, Provider> byId = new TreeMap<>();
    for (final Provider provider :
        ServiceLoader.load(Provider.class, Providers.class.getClassLoader())) {
      final Provider other = byId.put(provider.id(), provider);
      if (other != null) {
        throw new IllegalStateException(
            "two providers have the id "
                + provider.id()
                + ": "
                + other.getClass().getName()
                + " and "
                + provider.getClass().getName());
      }
    }
    return new Providers(byId);
  }

  /**
   * The ids of all providers.
   *
   * @return ids, sorted
   */
  public List<String> ids() {
    return List.copyOf(byId.keySet());
  }

  /**
   * Finds a provider.
   *
   * @param id its id, exactly
   * @return the provider
   * @throws IllegalArgumentException if there is none; the message names the nearest and all known
   *     ids
   */
  public Provider get(final String id) {
    final Provider provider = byId.get(id);
    if (provider == null) {
      throw new IllegalArgumentException(
          "unknown provider \""
              + id
              + "\""
              + nearest(id)
              + "; known are "
              + String.join(", ", ids()));
    }
    return provider;
  }

  private String nearest(final String id) {
    String nearest = "";
    // Further away than half of the word it is no slip of the finger.
    int best = Math.max(2, id.length() / 2) + 1;
    for (final String known : byId.keySet()) {
      final int distance = LevenshteinDistance.getDefaultInstance().apply(id, known);
      if (distance < best) {
        best = distance;
        nearest = known;
      }
    }
    return nearest.isEmpty() ? "" : " (did you mean \"" + nearest + "\"?)";
  }
}
