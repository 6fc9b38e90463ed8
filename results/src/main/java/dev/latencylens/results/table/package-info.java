/**
 * From a run directory to rows, and from rows to CSV, Markdown and text for a terminal. It judges
 * nothing between rows and writes no files.
 */
@NullMarked
package dev.latencylens.results.table;

import org.jspecify.annotations.NullMarked;
