package dev.latencylens.harness.provider;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A key that a target of one provider may have in a configuration.
 *
 * @param name the key: lower-case words joined by underscores
 * @param form what its value may be
 * @param required whether it must be there
 * @param absent in words what holds if it is left out; empty where it is required
 * @param description one sentence
 */
public record TargetOption(
    String name, Form form, boolean required, String absent, String description) {

  /** What a value may be. */
  public sealed interface Form {
    /**
     * One of several words.
     *
     * @param words all that are allowed
     */
    record Choice(List<String> words) implements Form {
      /** Copies the list. */
      public Choice {
        words = List.copyOf(words);
      }
    }

    /**
     * A text.
     *
     * @param allowed what the whole text must match
     * @param inWords the same, to go on after "must be"
     */
    record Text(Pattern allowed, String inWords) implements Form {}

    /**
     * A mapping of any form, which the provider reads.
     *
     * @param inWords what it holds, to go on after "must be"
     */
    record Tree(String inWords) implements Form {}
  }

  /**
   * An option with a fixed set of words.
   *
   * @param name the key
   * @param fallback what holds if it is left out
   * @param description one sentence
   * @param words all that are allowed
   * @return the option, not required
   */
  public static TargetOption choice(
      final String name, final String fallback, final String description, final String... words) {
    return new TargetOption(name, new Form.Choice(List.of(words)), false, fallback, description);
  }
}
