/**
 * Which hosts and addresses are which: this machine, a cloud's metadata service, nobody's. Looks up
 * no name and opens no connection.
 */
@NullMarked
package dev.latencylens.harness.address;

import org.jspecify.annotations.NullMarked;
