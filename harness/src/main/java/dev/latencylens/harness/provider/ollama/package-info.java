/**
 * Ollama's native chat API, on a machine of one's own or in its cloud. Nothing here may know
 * another provider.
 */
@NullMarked
package dev.latencylens.harness.provider.ollama;

import org.jspecify.annotations.NullMarked;
