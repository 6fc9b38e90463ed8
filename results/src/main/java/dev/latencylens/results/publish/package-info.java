/**
 * How a run becomes a release: what speaks against it, what of it others may read, and the copy
 * beside the index of releases, all of it or nothing.
 */
@NullMarked
package dev.latencylens.results.publish;

import org.jspecify.annotations.NullMarked;
