/** Tests of the known-answer test. */
@NullMarked
package dev.latencylens.benchmarks.validate;

import org.jspecify.annotations.NullMarked;
