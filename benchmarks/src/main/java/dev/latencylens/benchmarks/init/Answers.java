package dev.latencylens.benchmarks.init;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the configuration is to say.
 *
 * @param provider the provider's id
 * @param model the model's id, as the service knows it
 * @param options what only this provider's targets say, by name
 * @param baseUrl the endpoint; the provider's own if empty
 * @param key where the key is
 * @param streams how many streams of each round
 * @param concurrency how many of them at a time
 */
record Answers(
    String provider,
    String model,
    Map<String, String> options,
    Optional<String> baseUrl,
    KeyPlace key,
    int streams,
    int concurrency) {
  /** Copies the map, in the order of names. */
  Answers {
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }
}
