package dev.latencylens.harness.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The providers that are there, by id. Immutable and thread-safe. */
public final class Providers {
  private static final Providers NONE = new Providers(Map.of(), Set.of());

  private final Map<String, Provider> byId;
  private final Set<String> bundled;

  private Providers(final Map<String, Provider> byId, final Set<String> bundled) {
    this.byId = byId;
    this.bundled = bundled;
  }

  /**
   * Finds all providers on the class path, and those that speak the dialects of each table there,
   * through {@link ServiceLoader}.
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
    final List<ChatDialect> dialects = new ArrayList<>();
    for (final DialectTable table :
        ServiceLoader.load(DialectTable.class, Providers.class.getClassLoader())) {
      dialects.addAll(table.dialects());
    }
    final Providers all = new Providers(byId, Set.of()).with(dialects);
    return new Providers(all.byId, Set.copyOf(all.byId.keySet()));
  }

  /**
   * No providers, for what is read without any.
   *
   * @return none
   */
  public static Providers none() {
    return NONE;
  }

  /**
   * The same and others that speak dialects.
   *
   * @param dialects with ids that no provider has
   * @return all
   * @throws IllegalStateException if two have the same id
   */
  public Providers with(final List<ChatDialect> dialects) {
    if (dialects.isEmpty()) {
      return this;
    }
    final DialectSpeaker speaker =
        ServiceLoader.load(DialectSpeaker.class, Providers.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("nobody speaks dialects"));
    final Map<String, Provider> all = new TreeMap<>(byId);
    for (final ChatDialect dialect : dialects) {
      if (all.put(dialect.id(), speaker.speaking(dialect)) != null) {
        throw new IllegalStateException("two providers have the id " + dialect.id());
      }
    }
    return new Providers(all, bundled);
  }

  /**
   * Whether a provider comes with the suite, so that no other may have its id.
   *
   * @param id any id
   * @return false for those of a user's own dialects
   */
  public boolean isBundled(final String id) {
    return bundled.contains(id);
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
