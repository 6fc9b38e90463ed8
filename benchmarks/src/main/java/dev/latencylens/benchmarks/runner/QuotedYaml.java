package dev.latencylens.benchmarks.runner;

import java.util.Locale;

/** A text as YAML has it between double quotes, whatever is in it. Stateless. */
final class QuotedYaml {
  private QuotedYaml() {}

  /** The text with its quotes: letters as they are, all that can't be seen as an escape. */
  static String of(final String text) {
    final StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> append(quoted, c));
    return quoted.append('"').toString();
  }

  private static void append(final StringBuilder quoted, final int c) {
    switch (c) {
      case '"' -> quoted.append("\\\"");
      case '\\' -> quoted.append("\\\\");
      case '\n' -> quoted.append("\\n");
      case '\t' -> quoted.append("\\t");
      default -> {
        if (isSeen(c)) {
          quoted.appendCodePoint(c);
        } else if (c > 0xFFFF) {
          quoted.append(String.format(Locale.ROOT, "\\U%08X", c));
        } else {
          quoted.append(String.format(Locale.ROOT, "\\u%04X", c));
        }
      }
    }
  }

  private static boolean isSeen(final int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
