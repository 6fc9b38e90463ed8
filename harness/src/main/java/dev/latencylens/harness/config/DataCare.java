package dev.latencylens.harness.config;

import dev.latencylens.harness.prompt.PromptPolicy;
import dev.latencylens.harness.secret.KeyLocation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of data: who asked, how long it is kept, what is stored of prompts and answers.
 *
 * @param userId whose requests these are, for the audit log and for erasure
 * @param keep how long a run is kept; until somebody erases it, if empty
 * @param promptRules what happens to a prompt that a rule flags
 * @param promptRuleFile the rules; those that come with the suite if empty
 * @param storeTexts whether prompts and answers are stored, encrypted
 * @param storeKey where the key of stored texts is; not empty if texts are stored
 */
public record DataCare(
    Optional<String> userId,
    Optional<Duration> keep,
    PromptPolicy promptRules,
    Optional<Path> promptRuleFile,
    boolean storeTexts,
    List<KeyLocation> storeKey) {

  /** Nobody named, kept until erased, rules warn, no text stored. */
  public static final DataCare DEFAULT =
      new DataCare(
          Optional.empty(),
          Optional.empty(),
          PromptPolicy.WARN,
          Optional.empty(),
          false,
          List.of());

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if texts are to be stored without a key
   */
  public DataCare {
    storeKey = List.copyOf(storeKey);
    if (storeTexts && storeKey.isEmpty()) {
      throw new IllegalArgumentException("stored texts need a key");
    }
  }
}
