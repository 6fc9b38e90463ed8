/**
 * Looks whether all is well before anything is measured or paid for: this machine, the ways to the
 * targets, their keys, and who can read what. It measures nothing, and sends no key but with the
 * one stream that it is asked for.
 */
@NullMarked
package dev.latencylens.benchmarks.doctor;

import org.jspecify.annotations.NullMarked;
