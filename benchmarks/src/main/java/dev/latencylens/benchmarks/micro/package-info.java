/**
 * Benchmarks of the suite's own code: what the instrument itself costs, and how late it is. No
 * stream here is measured for a table of services, and no real service is ever asked.
 */
@NullMarked
package dev.latencylens.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
