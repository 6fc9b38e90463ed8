package dev.latencylens.harness.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The limits of a run: each request passes those of its target, of its provider and of the run.
 *
 * @param eachTarget the limits of every target that has none of its own
 * @param providers the limits that all targets of a provider share, by the provider's id
 * @param run the limits that all targets share
 */
public record LimitSettings(Limits eachTarget, Map<String, Limits> providers, Limits run) {

  /** No limits. */
  public static final LimitSettings NONE = eachTarget(Limits.NONE);

  /** Copies the map. */
  public LimitSettings {
    providers = Map.copyOf(providers);
  }

  /**
   * The same limits for each target, and none that they share.
   *
   * @param limits of each target
   * @return the settings
   */
  public static LimitSettings eachTarget(final Limits limits) {
    return new LimitSettings(limits, Map.of(), Limits.NONE);
  }

  /**
   * Limits under the name that tables and audit give them.
   *
   * @param name such as {@code target openai/gpt-4o}, {@code provider openai} or {@code run}
   * @param limits what they let through
   */
  public record Named(String name, Limits limits) {}

  /**
   * All that a target's requests have to pass. The target's own are there even where they limit
   * nothing: its service may ask for a pause.
   *
   * @param target whose requests
   * @return from the narrowest to the widest
   */
  public List<Named> of(final Target target) {
    final List<Named> all = new ArrayList<>();
    all.add(new Named("target " + target.name(), target.limits().orElse(eachTarget)));
    final Limits shared = providers.getOrDefault(target.provider(), Limits.NONE);
    if (!shared.equals(Limits.NONE)) {
      all.add(new Named("provider " + target.provider(), shared));
    }
    if (!run.equals(Limits.NONE)) {
      all.add(new Named("run", run));
    }
    return all;
  }
}
