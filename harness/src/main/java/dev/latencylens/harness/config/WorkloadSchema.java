package dev.latencylens.harness.config;

import dev.latencylens.harness.stream.StreamRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The section {@code workload}. */
final class WorkloadSchema {
  private static final Key<Workload, String> NAME =
      Key.withDefault(
          "name",
          TextRules.nameType(),
          Workload.DEFAULT.name(),
          Workload::name,
          "Stands in tables and tells workloads apart.");

  private static final Key<Workload, String> SYSTEM =
      Key.optional(
          "system",
          PromptsSchema.promptType(),
          "no system prompt",
          Workload::system,
          "The system prompt.");

  private static final Key<Workload, Boolean> CACHE_BUSTING =
      Key.withDefault(
          "cache_busting",
          Types.flag(),
          false,
          Workload::cacheBusting,
          "Whether each request begins with a text of its own, so that no prompt cache answers.");

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

  static final Key<Workload, OutputTokens> OUTPUT_TOKENS =
      Key.optional(
          "output_tokens",
          Types.oneOf(OutputTokens.class),
          "at_most",
          workload ->
              Optional.of(workload.settings().outputTokens())
                  .filter(length -> length == OutputTokens.EXACT),
          "Whether each answer is as long as its limit says; for targets that take ignore_eos or"
              + " min_tokens.");

  static final Section<Workload> SECTION =
      new Section<>(
          List.of(
              NAME,
              PromptsSchema.PROMPT,
              PromptsSchema.PROMPT_FILE,
              PromptsSchema.PROMPTS_FILE,
              PromptsSchema.ORDER,
              PromptsSchema.GENERATE,
              PromptsSchema.CONVERSATION,
              SYSTEM,
              CACHE_BUSTING,
              MAX_OUTPUT_TOKENS,
              TEMPERATURE,
              SEED,
              STOP,
              REASONING_EFFORT,
              THINKING_BUDGET,
              TOOLS,
              OUTPUT_TOKENS),
          WorkloadSchema::build);

  private WorkloadSchema() {}

  private static Optional<Workload> build(final Values values) {
    final Optional<Prompts> prompts = PromptsSchema.read(values);
    final boolean generated = prompts.filter(Prompts.Generated.class::isInstance).isPresent();
    if (generated && values.isGiven(MAX_OUTPUT_TOKENS)) {
      values.problem(
          MAX_OUTPUT_TOKENS, "max_output_tokens has no effect with generate: output_tokens counts");
    }
    return prompts.map(
        read ->
            new Workload(
                values.get(NAME),
                read,
                values.find(SYSTEM),
                values.get(CACHE_BUSTING),
                read instanceof Prompts.Generated own
                    ? own.outputTokens().max()
                    : Math.toIntExact(values.get(MAX_OUTPUT_TOKENS)),
                settings(values)));
  }

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
        values.find(TOOLS).orElseGet(List::of),
        values.find(OUTPUT_TOKENS).orElse(OutputTokens.AT_MOST));
  }
}
