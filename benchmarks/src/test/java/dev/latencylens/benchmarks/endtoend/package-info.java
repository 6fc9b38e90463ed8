/**
 * What a person does with the built jar, in processes of their own. Nothing here may call the
 * runner's classes: what counts is what the processes print, write and send.
 */
@NullMarked
package dev.latencylens.benchmarks.endtoend;

import org.jspecify.annotations.NullMarked;
