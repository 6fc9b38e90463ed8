/**
 * Google's and Anthropic's models on Vertex AI: their own bodies and streams at Google Cloud's
 * addresses, with Google Cloud's credentials. Nothing here may read a stream itself.
 */
@NullMarked
package dev.latencylens.harness.provider.vertex;

import org.jspecify.annotations.NullMarked;
