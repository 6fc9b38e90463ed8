package dev.latencylens.harness.prompt;

/** What happens to a flagged prompt. */
public enum PromptPolicy {
  WARN,
  REJECT,
  OFF
}
