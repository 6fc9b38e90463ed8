/**
 * What was published, release by release: reading the copies back with their checksums, the index
 * of releases, and one metric over all of them. It judges nothing: points of different sessions
 * carry what drifted between them.
 */
@NullMarked
package dev.latencylens.results.history;

import org.jspecify.annotations.NullMarked;
