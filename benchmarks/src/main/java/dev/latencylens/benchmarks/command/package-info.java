/**
 * Where every script enters: guards the process's exits, then hands over to the command. Holds no
 * behaviour of any command.
 */
@NullMarked
package dev.latencylens.benchmarks.command;

import org.jspecify.annotations.NullMarked;
