package dev.latencylens.benchmarks.runner;

import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.Target;
import java.util.List;
import java.util.Optional;

/**
 * One side of a comparison: what is measured in the same blocks as the other sides.
 *
 * @param name such as {@code before}; empty where a run has no arms
 * @param configuration what it measures, and how
 * @param build the jar that measures, where it is not this one
 */
record Arm(String name, Configuration configuration, Optional<OtherBuild> build) {
  private static final String SEPARATOR = "/";

  /** What a run without arms consists of. */
  static List<Arm> only(final Configuration configuration) {
    return List.of(new Arm("", configuration, Optional.empty()));
  }

  /**
   * A target of this arm under a name that no other arm's target has: limits, failures and keys are
   * counted by it.
   */
  Target own(final Target target) {
    return name.isEmpty() ? target : target.named(name + SEPARATOR + target.name());
  }

  /** The name of one of this arm's own targets in its configuration. */
  String configured(final Target own) {
    return name.isEmpty() ? own.name() : own.name().substring(name.length() + SEPARATOR.length());
  }
}
