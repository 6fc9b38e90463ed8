package dev.latencylens.harness.secret;

import java.util.Optional;

/**
 * Reads keys of one kind of place. Thread-safe.
 *
 * @param <L> the kind of place
 */
public interface KeyReader<L extends KeyLocation> {

  /**
   * Reads a key. May wait for the network or a person, within bounds of its own.
   *
   * @param location where it is
   * @return the key, to be closed by the caller; empty if there is nothing under that name, so that
   *     the next place may be tried
   * @throws KeyAccessException if the place does not give it: it can't be reached, refuses, is open
   *     to other users, or holds what no key can be. The next place is then not tried, since a
   *     fallback would hide a broken one
   */
  Optional<FoundKey> read(L location) throws KeyAccessException;
}
