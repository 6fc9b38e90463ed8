package dev.latencylens.harness.config;

import dev.latencylens.harness.stream.StreamRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Tag;

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

  private static final Key<Workload, Double> TEMPERATURE =
      Key.optional(
          "temperature",
          Types.decimal(0, 2),
          "the service's default",
          workload -> workload.settings().temperature().stream().boxed().findFirst(),
          "Sampling temperature. Some models refuse any but their own default.");

  private static final Key<Workload, Long> SEED =
      Key.optional(
          "seed",
          Types.anyWhole(),
          "none is sent",
          workload -> workload.settings().seed().stream().boxed().findFirst(),
          "Sampling seed, where the service takes one.");

  private static final Key<Workload, List<String>> STOP =
      Key.optional(
          "stop",
          new ListType<>(
              Types.text(
                  "text of 1 to 100 characters",
                  text -> !text.isEmpty() && text.length() <= 100,
                  text -> text),
              8),
          "none",
          workload -> Optional.of(workload.settings().stop()).filter(stop -> !stop.isEmpty()),
          "Texts that end generation.");

  private static final Key<Workload, String> REASONING_EFFORT =
      Key.optional(
          "reasoning_effort",
          Types.text(
              "a word such as low", text -> text.matches("[a-z][a-z0-9_-]{0,31}"), text -> text),
          "the service's default",
          workload -> workload.settings().reasoningEffort(),
          "How much to think, in the service's own word.");

  private static final Key<Workload, Long> THINKING_BUDGET =
      Key.optional(
          "thinking_budget",
          Types.whole(0, Workload.MOST_OUTPUT_TOKENS),
          "the service's default",
          workload ->
              workload.settings().thinkingBudget().stream().mapToObj(n -> (long) n).findFirst(),
          "The most tokens to think, where the service takes such a limit.");

  private static final Key<Workload, List<StreamRequest.Tool>> TOOLS =
      Key.optional(
          "tools",
          new ListType<>(ToolSchema.SECTION, 64),
          "none",
          workload -> Optional.of(workload.settings().tools()).filter(tools -> !tools.isEmpty()),
          "Functions that the model may call.");

  static final Section<Workload> SECTION =
      new Section<>(
          List.of(
              NAME,
              PROMPT,
              SYSTEM,
              MAX_OUTPUT_TOKENS,
              TEMPERATURE,
              SEED,
              STOP,
              REASONING_EFFORT,
              THINKING_BUDGET,
              TOOLS),
          values ->
              Optional.of(
                  new Workload(
                      values.get(NAME),
                      values.get(PROMPT),
                      values.find(SYSTEM),
                      Math.toIntExact(values.get(MAX_OUTPUT_TOKENS)),
                      settings(values))));

  private WorkloadSchema() {}

  private static ModelSettings settings(final Values values) {
    return new ModelSettings(
        values.find(TEMPERATURE).map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
        values.find(SEED).map(OptionalLong::of).orElseGet(OptionalLong::empty),
        values.find(STOP).orElseGet(List::of),
        values.find(REASONING_EFFORT),
        values
            .find(THINKING_BUDGET)
            .map(budget -> OptionalInt.of(Math.toIntExact(budget)))
            .orElseGet(OptionalInt::empty),
        values.find(TOOLS).orElseGet(List::of));
  }

  private static ValueType<String> promptType() {
    return new ScalarType<>(
        "text that is not blank, of at most "
            + Quantities.formatBytes(Workload.MOST_PROMPT_BYTES)
            + " in UTF-8",
        Set.of(Tag.STR),
        (text, reading) -> Optional.of(text).filter(Workload::isPrompt),
        WorkloadSchema::fingerprint,
        true);
  }

  /** Prompts can be private: whoever has one can recognise it, and nobody can read it. */
  private static Map<String, Object> fingerprint(final String prompt) {
    return Sha256.fingerprint(prompt);
  }
}
