/**
 * The configuration file: strict reading, defaults, and errors that say where and what. It must not
 * open a connection.
 */
@NullMarked
package dev.latencylens.harness.config;

import org.jspecify.annotations.NullMarked;
