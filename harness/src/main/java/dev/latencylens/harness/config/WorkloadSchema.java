package dev.latencylens.harness.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The section {@code workload}. */
final class WorkloadSchema {
  private static final Key<Workload, String> NAME =
      Key.withDefault(
          "name",
          TextRules.nameType(),
          Workload.DEFAULT.name(),
          Workload::name,
          "Stands in tables and tells workloads apart.");

  private static final Key<Workload, String> PROMPT =
      Key.withDefault(
          "prompt", promptType(), Workload.DEFAULT.prompt(), Workload::prompt, "What is asked.");

  private static final Key<Workload, String> SYSTEM =
      Key.optional(
          "system", promptType(), "no system prompt", Workload::system, "The system prompt.");

  private static final Key<Workload, Long> MAX_OUTPUT_TOKENS =
      Key.withDefault(
          "max_output_tokens",
          Types.whole(1, Workload.MOST_OUTPUT_TOKENS),
          (long) Workload.DEFAULT.maxOutputTokens(),
          workload -> (long) workload.maxOutputTokens(),
          "The most tokens to generate.");

  static final Section<Workload> SECTION =
      new Section<>(
          List.of(NAME, PROMPT, SYSTEM, MAX_OUTPUT_TOKENS),
          values ->
              Optional.of(
                  new Workload(
                      values.get(NAME),
                      values.get(PROMPT),
                      values.find(SYSTEM),
                      Math.toIntExact(values.get(MAX_OUTPUT_TOKENS)))));

  private WorkloadSchema() {}

  private static ValueType<String> promptType() {
    return Types.text(
        "text that is not blank, of at most "
            + Quantities.formatBytes(Workload.MOST_PROMPT_BYTES)
            + " in UTF-8",
        Workload::isPrompt,
        WorkloadSchema::fingerprint);
  }

  /** Prompts can be private: whoever has one can recognise it, and nobody can read it. */
  private static Map<String, Object> fingerprint(final String prompt) {
    return Sha256.fingerprint(prompt);
  }
}
