/**
 * What the commands of this module have in common: how they are started from a command line, and
 * how they say where something was measured. Knows no command.
 */
@NullMarked
package dev.latencylens.benchmarks.console;

import org.jspecify.annotations.NullMarked;
