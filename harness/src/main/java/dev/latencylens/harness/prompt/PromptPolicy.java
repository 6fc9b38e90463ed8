package dev.latencylens.harness.prompt;

/** What happens to a prompt that a rule flags. */
public enum PromptPolicy {
  /** The run goes on, and says so. */
  WARN,
  /** The run is refused. */
  REJECT,
  /** Nobody looks. */
  OFF
}
