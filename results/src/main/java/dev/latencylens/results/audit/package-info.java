/**
 * The audit log of a run: its format, the chain that its lines form, the heads kept outside the run
 * directory, and what verifies and shows them. It decides nothing about what is logged, and holds
 * no prompt, answer, key, header value or server's text.
 */
@NullMarked
package dev.latencylens.results.audit;

import org.jspecify.annotations.NullMarked;
