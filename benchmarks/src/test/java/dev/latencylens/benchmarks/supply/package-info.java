/**
 * What the build itself is made of: that every library, plugin and action is pinned. Nothing here
 * may call this project's own classes; it reads the files that the build reads.
 */
@NullMarked
package dev.latencylens.benchmarks.supply;

import org.jspecify.annotations.NullMarked;
