/**
 * Any service that streams JSON over SSE or NDJSON, described in the configuration by a request
 * template and by JSON Pointers into its events. Nothing here may know a service or another
 * provider.
 */
@NullMarked
package dev.latencylens.harness.provider.generic;

import org.jspecify.annotations.NullMarked;
