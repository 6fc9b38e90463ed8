/**
 * What GitHub Actions offers to a command that runs in a workflow. It knows neither runs nor
 * tables.
 */
@NullMarked
package dev.latencylens.results.github;

import org.jspecify.annotations.NullMarked;
