package dev.latencylens.harness.provider.generic;

import java.util.regex.Pattern;

/** Names a name that nobody knows, as long as it looks like one: it could be a pasted key. */
final class UnknownName {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_]{1,40}");

  private UnknownName() {}

  static String shown(final String name) {
    return WORD.matcher(name).matches() ? '"' + name + '"' : "(not shown)";
  }
}
