/**
 * Load: when streams are to start, fixed before a run, and the drivers that start them then. In
 * open loop nothing here waits for a reply before the next arrival; nothing here sends a request.
 */
@NullMarked
package dev.latencylens.harness.load;

import org.jspecify.annotations.NullMarked;
