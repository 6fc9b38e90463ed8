/**
 * Brings audit events from the harness's logger into a run's audit log, on a thread of its own. It
 * decides neither what is logged nor how the file looks.
 */
@NullMarked
package dev.latencylens.benchmarks.audit;

import org.jspecify.annotations.NullMarked;
