package dev.latencylens.benchmarks.runner;

import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.DataCare;
import dev.latencylens.harness.config.Dialogue;
import dev.latencylens.harness.config.Workload;
import dev.latencylens.harness.prompt.PromptFinding;
import dev.latencylens.harness.prompt.PromptPolicy;
import dev.latencylens.harness.prompt.PromptRules;
import dev.latencylens.harness.prompt.PromptRulesException;
import dev.latencylens.harness.stream.StreamRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at a configuration's prompts before anything is sent. */
final class PromptCheck {
  /** So many places of a large file are enough to know that it needs looking at. */
  private static final int MOST_FINDINGS = 100;

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
    final Workload workload = configuration.workload();
    final List<Dialogue> given = workload.prompts().given();
    for (int i = 0; i < given.size() && findings.size() < MOST_FINDINGS; i++) {
      check(rules, given.get(i), workload.prompts().place(i), findings);
    }
    workload.system().ifPresent(system -> add(rules.check(system), "the system prompt", findings));
    if (care.promptRules() == PromptPolicy.REJECT && !findings.isEmpty()) {
      throw new IllegalArgumentException(
          String.join("; ", findings) + ": data.prompt_rules is reject");
    }
    return findings;
  }

  private static void check(
      final PromptRules rules,
      final Dialogue dialogue,
      final String place,
      final List<String> findings) {
    dialogue.system().ifPresent(system -> add(rules.check(system), place + ", system", findings));
    final List<StreamRequest.Message> messages = dialogue.messages();
    for (int i = 0; i < messages.size(); i++) {
      final String what = messages.size() == 1 ? place : place + ", message " + (i + 1);
      add(rules.check(messages.get(i).text()), what, findings);
    }
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
