/**
 * What all other packages speak of: requests, events, records and outcomes of one stream. It
 * imports no other package of this project.
 */
@NullMarked
package dev.latencylens.harness.stream;

import org.jspecify.annotations.NullMarked;
