/** Google's Gemini API. Nothing here may know another provider. */
@NullMarked
package dev.latencylens.harness.provider.google;

import org.jspecify.annotations.NullMarked;
