package dev.latencylens.benchmarks.streaming;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A target with nothing left to look up.
 *
 * @param name its name in the configuration
 * @param provider the provider's id
 * @param model the model's id
 * @param baseUrl the endpoint, without a trailing slash
 * @param caBundle certificate authorities that are trusted instead of the JDK's
 * @param keyVariable the environment variable that holds the key; none where the server needs none,
 *     and for the simulator, which gets a made-up key
 */
public record AskedTarget(
    String name,
    String provider,
    String model,
    URI baseUrl,
    Optional<Path> caBundle,
    Optional<String> keyVariable) {}
