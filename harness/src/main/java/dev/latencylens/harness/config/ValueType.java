package dev.latencylens.harness.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * What may stand behind a key.
 *
 * @param <T> what it is read to
 */
interface ValueType<T> {

  /**
   * Reads a value.
   *
   * @return empty if anything is wrong with it, which is then among the problems
   */
  Optional<T> read(String key, Node node, Reading reading);

  /** The value as it stands in the manifest: a map, list, string, number or boolean. */
  Object plain(T value);

  /** What is allowed, unit and range included, to go on after "must be". */
  String form();
}
