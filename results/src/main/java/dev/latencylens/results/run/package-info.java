/**
 * The run directory's format: the one place that writes or reads it. It computes no statistics,
 * renders nothing and never sends a request.
 */
@NullMarked
package dev.latencylens.results.run;

import org.jspecify.annotations.NullMarked;
