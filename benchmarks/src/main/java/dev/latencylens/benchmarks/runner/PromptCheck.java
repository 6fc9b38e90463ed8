package dev.latencylens.benchmarks.runner;

import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.DataCare;
import dev.latencylens.harness.prompt.PromptFinding;
import dev.latencylens.harness.prompt.PromptPolicy;
import dev.latencylens.harness.prompt.PromptRules;
import dev.latencylens.harness.prompt.PromptRulesException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at a configuration's prompts before anything is sent. */
final class PromptCheck {
  private PromptCheck() {}

  /**
   * What the rules flag.
   *
   * @return one sentence for each finding; none if nobody is to look
   * @throws IllegalArgumentException if a prompt is flagged and the configuration rejects such, or
   *     its rule file can't be used
   */
  static List<String> warnings(final Configuration configuration) {
    final DataCare care = configuration.care();
    if (care.promptRules() == PromptPolicy.OFF) {
      return List.of();
    }
    final PromptRules rules = rules(care.promptRuleFile());
    final List<String> findings = new ArrayList<>();
    add(rules.check(configuration.workload().prompt()), "the prompt", findings);
    configuration
        .workload()
        .system()
        .ifPresent(system -> add(rules.check(system), "the system prompt", findings));
    if (care.promptRules() == PromptPolicy.REJECT && !findings.isEmpty()) {
      throw new IllegalArgumentException(
          String.join("; ", findings) + ": data.prompt_rules is reject");
    }
    return findings;
  }

  private static PromptRules rules(final Optional<Path> file) {
    try {
      return file.isPresent() ? PromptRules.load(file.get()) : PromptRules.own();
    } catch (final PromptRulesException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void add(
      final List<PromptFinding> flagged, final String what, final List<String> findings) {
    flagged.forEach(finding -> findings.add(finding.inWords(what)));
  }
}
