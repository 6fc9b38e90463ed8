/**
 * Reading, judging and rendering finished runs. Nothing here sends a request or measures anything.
 */
@NullMarked
package dev.latencylens.results;

import org.jspecify.annotations.NullMarked;
