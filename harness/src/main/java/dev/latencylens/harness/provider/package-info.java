/**
 * The services that can be measured: request encoding, authentication headers and event decoding,
 * found through {@link java.util.ServiceLoader}. Nothing here may read the clock or open a socket.
 */
@NullMarked
package dev.latencylens.harness.provider;

import org.jspecify.annotations.NullMarked;
