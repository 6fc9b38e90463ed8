/**
 * OpenAI's Chat Completions and Responses APIs, and the many servers that speak them. Nothing here
 * may know another provider.
 */
@NullMarked
package dev.latencylens.harness.provider.openai;

import org.jspecify.annotations.NullMarked;
