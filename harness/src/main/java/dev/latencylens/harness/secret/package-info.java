/**
 * Keys: where they come from, and a type that does not leak them. No other package may hold a key
 * as a plain string.
 */
@NullMarked
package dev.latencylens.harness.secret;

import org.jspecify.annotations.NullMarked;
