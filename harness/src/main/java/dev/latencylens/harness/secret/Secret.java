package dev.latencylens.harness.secret;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * A key. Nothing it prints, compares or throws shows the value; it can be read only inside a call,
 * and is wiped on close. Two secrets are never equal, not even with the same value, so that neither
 * a comparison nor a hash tells anything of it; serializers find nothing to write. Thread-safe.
 */
public final class Secret implements AutoCloseable {
  /** Transient, so that serializers that read fields (Jackson, Gson) pass it by. */
  private final transient char[] value;

  private final transient SecretForms forms;

  private boolean closed;

  private Secret(final char[] value) {
    this.value = value;
    forms = new SecretForms(value);
    Redactor.opened(this);
  }

  /**
   * Keeps a key.
   *
   * @param value the key; white space around it is dropped, as it comes from editors and shells
   * @return the secret
   * @throws IllegalArgumentException if the value is blank or can't stand in a header; the message
   *     does not repeat it
   */
  public static Secret of(final String value) {
    final String stripped = value.strip();
    if (stripped.isEmpty()) {
      throw new IllegalArgumentException("the key is empty");
    }
    // A line break or a letter outside ASCII would end up in an exception of the HTTP client.
    if (!stripped.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "the key holds a character that no key has (white space, or one outside ASCII)");
    }
    return new Secret(stripped.toCharArray());
  }

  /**
   * The same key once more, to be closed on its own.
   *
   * @return a copy
   * @throws IllegalStateException if this secret is closed
   */
  public synchronized Secret copy() {
    if (closed) {
      throw new IllegalStateException("the key is used after it was wiped");
    }
    return new Secret(value.clone());
  }

  /**
   * Lends the value for the length of a call.
   *
   * @param user gets the value and must not keep it
   * @throws IllegalStateException if this secret is closed
   */
  public synchronized void use(final Consumer<String> user) {
    if (closed) {
      throw new IllegalStateException("the key is used after it was wiped");
    }
    user.accept(new String(value));
  }

  /**
   * Takes this key out of a text that came from outside: a server may echo what it was sent.
   *
   * @param text any text
   * @return the text with each occurrence of the key, also encoded, replaced by {@code [redacted]},
   *     also of its beginning where the text was cut off within it; nothing else of the text after
   *     the key was wiped
   */
  public synchronized String redact(final String text) {
    return closed ? Redactor.REDACTED : forms.redact(text, Redactor.REDACTED);
  }

  /**
   * Marks this key in any text of this process: not a key so short that it stands in other words by
   * chance, such as the {@code x} that a server without keys is given, and nothing after the key
   * was wiped.
   */
  synchronized void markIfOpen(final String text, final BitSet found) {
    if (!closed && value.length >= SecretForms.TELLING) {
      forms.mark(text, found);
    }
  }

  /** Overwrites the value; may be called more than once. */
  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(value, '\0');
    forms.wipe();
    Redactor.closed(this);
  }

  /** Never shows the value. */
  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
