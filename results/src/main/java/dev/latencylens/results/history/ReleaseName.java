package dev.latencylens.results.history;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a release may be called: the name is also a directory's, on every system. Stateless. */
public final class ReleaseName {
  /** What to tell a person who chose another name. */
  public static final String RULE =
      "a release is named by 1 to 64 letters, digits and . _ -, beginning with a letter or digit and"
          + " not ending with a full stop, such as 0.2.0";

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?");

  /** Names that Windows keeps for devices, and the file that stands beside the releases. */
  private static final Pattern TAKEN =
      Pattern.compile("(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\\..*)?|readme\\.md");

  private ReleaseName() {}

  /**
   * Whether a release may be called so.
   *
   * @param text any text
   * @return true if so
   */
  public static boolean isValid(String text) {
    return NAME.matcher(text).matches() && !TAKEN.matcher(text.toLowerCase(Locale.ROOT)).matches();
  }
}
