/**
 * What a person runs to have a run's tables written and shown. It parses arguments and knows exit
 * codes; it computes nothing itself.
 */
@NullMarked
package dev.latencylens.results.report;

import org.jspecify.annotations.NullMarked;
