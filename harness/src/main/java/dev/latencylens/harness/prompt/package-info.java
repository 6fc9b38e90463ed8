/** Prompts. */
@org.jspecify.annotations.NullMarked
package dev.latencylens.harness.prompt;
