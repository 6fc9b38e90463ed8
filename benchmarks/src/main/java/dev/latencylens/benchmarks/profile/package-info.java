/** The JMH profiler that adds the stream metrics to JMH's result. It must not start streams. */
@NullMarked
package dev.latencylens.benchmarks.profile;

import org.jspecify.annotations.NullMarked;
