/**
 * Rules that flag prompts which may be injections, and the places that they flag. Knows no
 * configuration, and never repeats a prompt.
 */
@NullMarked
package dev.latencylens.harness.prompt;

import org.jspecify.annotations.NullMarked;
