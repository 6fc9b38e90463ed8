/**
 * The providers' official clients as judges of simulator and recorded streams. What they can't read
 * is wrong; nothing here parses a stream itself.
 */
@NullMarked
package dev.latencylens.harness.official;

import org.jspecify.annotations.NullMarked;
