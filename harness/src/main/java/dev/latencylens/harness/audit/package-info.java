/**
 * The vocabulary of the audit log: what kinds of events there are, which fields they may carry, and
 * the one logger they go to. It writes no file, and takes no prompt, answer, key, header value or
 * server's text.
 */
@NullMarked
package dev.latencylens.harness.audit;

import org.jspecify.annotations.NullMarked;
