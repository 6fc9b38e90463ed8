/**
 * Azure OpenAI: OpenAI's APIs at a customer's own endpoint, with a key or a token of Microsoft
 * Entra. Of the other providers only OpenAI's APIs may be known here.
 */
@NullMarked
package dev.latencylens.harness.provider.azure;

import org.jspecify.annotations.NullMarked;
