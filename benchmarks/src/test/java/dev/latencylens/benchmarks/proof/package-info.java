/** Tests of what the proofs count; the proofs themselves take minutes, and are run by hand. */
@NullMarked
package dev.latencylens.benchmarks.proof;

import org.jspecify.annotations.NullMarked;
