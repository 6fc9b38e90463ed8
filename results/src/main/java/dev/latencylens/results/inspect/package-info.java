/**
 * The streams behind a number: finds them in a run's log in one pass and in bounded memory, and
 * shows them beside how the client fared in their rounds. It computes no figure of a table and
 * judges nothing.
 */
@NullMarked
package dev.latencylens.results.inspect;

import org.jspecify.annotations.NullMarked;
