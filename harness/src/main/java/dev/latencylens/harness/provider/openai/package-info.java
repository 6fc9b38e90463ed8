/**
 * OpenAI's Chat Completions API, and the many servers that speak it. Nothing here may know another
 * provider.
 */
@NullMarked
package dev.latencylens.harness.provider.openai;

import org.jspecify.annotations.NullMarked;
