/**
 * {@code report.html}: a run on one page, with plots, that opens from disk and asks nothing of any
 * network. Java gathers a bounded number of figures into one JSON text, section by section; the
 * page's own program, beside this package's classes, draws them with a charting library that is
 * part of the page.
 */
@NullMarked
package dev.latencylens.results.page;

import org.jspecify.annotations.NullMarked;
