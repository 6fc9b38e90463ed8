package dev.latencylens.harness.secret;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Takes keys out of texts on their way out of the process. It knows every key of this process that
 * is open, in all the forms in which a key turns up, and the usual shapes of keys that it was never
 * told of. Linear in the length of the text. Thread-safe.
 */
public final class Redactor {
  /** What stands where a key stood. */
  public static final String REDACTED = "[redacted]";

  /** Weakly held: a key that nobody holds any more can't be given away either. */
  private static final Set<Secret> OPEN =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private Redactor() {}

  static void opened(final Secret secret) {
    OPEN.add(secret);
  }

  static void closed(final Secret secret) {
    OPEN.remove(secret);
  }

  /**
   * Whether a text has something in it that looks like a whole key, whoever it belongs to.
   *
   * @param text any text
   * @return false for keys of no known shape, and those within a word
   */
  public static boolean holdsKey(final String text) {
    return SecretShapes.holdsKey(text);
  }

  /**
   * Redacts a text.
   *
   * @param text any text
   * @return the text with {@value #REDACTED} for each key; unchanged where there is none
   */
  public static String redact(final String text) {
    final List<Secret> open;
    synchronized (OPEN) {
      open = new ArrayList<>(OPEN);
    }
    final BitSet found = new BitSet();
    open.forEach(secret -> secret.markIfOpen(text, found));
    return SecretShapes.redact(SecretForms.replace(text, found, REDACTED), REDACTED);
  }
}
