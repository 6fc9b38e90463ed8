/**
 * What becomes of finished runs as data: how long they are kept, how they are erased, in whole or
 * by user, and how they are handed on. It changes a run only through {@code results.run} and
 * renders nothing itself.
 */
@NullMarked
package dev.latencylens.results.care;

import org.jspecify.annotations.NullMarked;
