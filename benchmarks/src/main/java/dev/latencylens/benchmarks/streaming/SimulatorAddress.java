package dev.latencylens.benchmarks.streaming;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the simulator of a run listens.
 *
 * @param baseUrl scheme, host and port, without a trailing slash
 * @param caBundle the authority made for the run; none where it speaks plain HTTP
 */
public record SimulatorAddress(URI baseUrl, Optional<Path> caBundle) {}
