package dev.latencylens.harness.config;

import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.provider.TargetOptions;
import org.snakeyaml.engine.v2.nodes.Node;

/** Refuses answers of a fixed length where a target's service can't be told so. Stateless. */
final class ExactOutput {
  private ExactOutput() {}

  /** Reports each target that can't meet the workload's {@code output_tokens: exact}. */
  static void check(final Configuration configuration, final Node root, final Reading reading) {
    if (configuration.workload().settings().outputTokens() != OutputTokens.EXACT) {
      return;
    }
    final Node place =
        Section.value(root, "workload")
            .flatMap(workload -> Section.value(workload, WorkloadSchema.OUTPUT_TOKENS.name()))
            .orElse(root);
    final Providers providers = reading.providers();
    for (final Target target : configuration.targets()) {
      if (!takesIt(providers.get(target.provider()), target.options())) {
        reading
            .problems()
            .add(
                place,
                "output_tokens: exact needs ignore_eos or min_tokens, and the provider "
                    + target.provider()
                    + " of target "
                    + Shown.text(target.name())
                    + " takes neither; these do: "
                    + String.join(
                        ", ",
                        providers.ids().stream()
                            .filter(id -> takesIt(providers.get(id), TargetOptions.NONE))
                            .toList()));
      }
    }
  }

  private static boolean takesIt(final Provider provider, final TargetOptions options) {
    try {
      return provider.api(options).takesExactOutput();
    } catch (final OptionException needsMore) {
      return false;
    }
  }
}
