package dev.latencylens.harness.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latencylens.harness.secret.Redactor;
import dev.latencylens.harness.secret.Secret;
import java.util.Arrays;

/**
 * A live key in any form at any place of any text is taken out, and taking out twice is as once.
 */
final class RedactorFuzzTest {
  /** The patterns, and what Jazzer itself does at each of them. */
  private static final Allocation ALLOCATION = new Allocation(32 << 20, 8192);

  private static final int MOST_BYTES = 256;

  /** Held here, as the redactor forgets keys that nobody holds. */
  private static final Secret LIVE = Secret.of(PlantedKey.PLAIN);

  @FuzzTest
  @DictionaryFile(resourcePath = "redactor.dict")
  void redactor(final byte[] input) {
    // A byte becomes a whole key: more of them take longer, and show nothing else.
    final String text = PlantedKey.in(Arrays.copyOf(input, Math.min(input.length, MOST_BYTES)));
    ALLOCATION.hold(text.length(), () -> Redactor.redact(text));
    check(text);
  }

  private static void check(final String text) {
    final String once = Redactor.redact(text);
    PlantedKey.requireNotIn(once, text);
    PlantedKey.requireNotIn(LIVE.redact(text), text);
    final String twice = Redactor.redact(once);
    if (!twice.equals(once)) {
      throw new AssertionError("once: " + once + "\ntwice: " + twice);
    }
  }
}
