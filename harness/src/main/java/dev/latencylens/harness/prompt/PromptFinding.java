package dev.latencylens.harness.prompt;

/**
 * A place of a prompt that a rule flags. It never holds the prompt's text.
 *
 * @param rule the rule's id
 * @param description what the rule looks for
 * @param line the line within the prompt, from 1
 * @param column the column, from 1, in UTF-16 units
 */
public record PromptFinding(String rule, String description, int line, int column) {
  /**
   * The finding for a person.
   *
   * @param what which prompt, such as {@code the prompt}
   * @return one sentence without a full stop
   */
  public String inWords(final String what) {
    return what + ", line " + line + ", column " + column + ": " + description + " (" + rule + ")";
  }
}
