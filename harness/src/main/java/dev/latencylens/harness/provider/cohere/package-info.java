/**
 * Cohere's Chat API, version 2: its requests and typed events. Nothing here may know another
 * provider.
 */
@NullMarked
package dev.latencylens.harness.provider.cohere;

import org.jspecify.annotations.NullMarked;
