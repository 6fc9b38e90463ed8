package dev.latencylens.results.run;

import java.util.List;

/**
 * The virtual machine of the measuring forks.
 *
 * @param version the runtime's version, such as {@code 17.0.15+6}
 * @param vendor who built it
 * @param gc the garbage collectors' names
 * @param flags the arguments it was given, free of secrets
 */
public record Jvm(String version, String vendor, String gc, List<String> flags) {

  /** Copies the list. */
  public Jvm {
    flags = List.copyOf(flags);
  }
}
