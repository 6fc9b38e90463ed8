package dev.latencylens.benchmarks.init;

import java.util.Map;
import java.util.Optional;

/**
 * The answers that stand on the command line.
 *
 * @param provider the provider's id
 * @param model the model's id
 * @param options what only this provider's targets say, by name
 * @param baseUrl the endpoint
 * @param keyPlace where the key is
 * @param streams how many streams of each round
 * @param concurrency how many of them at a time
 */
record Given(
    Optional<String> provider,
    Optional<String> model,
    Map<String, String> options,
    Optional<String> baseUrl,
    Optional<KeyPlace> keyPlace,
    Optional<Integer> streams,
    Optional<Integer> concurrency) {
  /** Copies the map. */
  Given {
    options = Map.copyOf(options);
  }
}
