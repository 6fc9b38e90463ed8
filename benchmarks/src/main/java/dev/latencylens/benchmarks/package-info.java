/** JMH benchmarks and what drives them. Statistics live in the results module, not here. */
@NullMarked
package dev.latencylens.benchmarks;

import org.jspecify.annotations.NullMarked;
