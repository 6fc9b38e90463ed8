package dev.latencylens.results.run;

import java.util.List;

/**
 * What the directory of rounds held.
 *
 * @param rounds the readable rounds, finished and failed, in the order of their numbers
 * @param warnings one sentence for each file that could not be used
 */
public record RoundFiles(List<Round> rounds, List<String> warnings) {

  /** Copies the lists. */
  public RoundFiles {
    rounds = List.copyOf(rounds);
    warnings = List.copyOf(warnings);
  }
}
