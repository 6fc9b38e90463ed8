/** Anthropic's Messages API. Nothing here may know another provider. */
@NullMarked
package dev.latencylens.harness.provider.anthropic;

import org.jspecify.annotations.NullMarked;
