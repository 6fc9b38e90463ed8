/**
 * The primitive arrays of one stream's arrival stamps, and the metrics computed from them. Nothing
 * here may allocate for each token.
 */
@NullMarked
package dev.latencylens.harness.timeline;

import org.jspecify.annotations.NullMarked;
