/**
 * Bytes to frames: the wire framings that services stream in. Nothing here may know a provider or
 * JSON.
 */
@NullMarked
package dev.latencylens.harness.framing;

import org.jspecify.annotations.NullMarked;
