package dev.latencylens.results.table;

/** Names come from configurations and servers: here they lose the power to do more than be read. */
final class SafeText {
  private static final String MARKDOWN_SPECIAL = "\\`*_[]|~#!";
  private static final String FORMULA_STARTS = "=+-@\t\r";

  private SafeText() {}

  /** For a terminal: control, formatting (bidirectional marks too) and odd characters escaped. */
  static String forTerminal(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            character -> {
              if (isPlain(character)) {
                safe.appendCodePoint(character);
              } else {
                safe.append("\\u{").append(Integer.toHexString(character)).append('}');
              }
            });
    return safe.toString();
  }

  private static boolean isPlain(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** For Markdown: as for a terminal, and neither markup nor HTML. */
  static String forMarkdown(String text) {
    String plain = forTerminal(text);
    StringBuilder safe = new StringBuilder(plain.length());
    for (int i = 0; i < plain.length(); i++) {
      char character = plain.charAt(i);
      switch (character) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        default -> {
          if (MARKDOWN_SPECIAL.indexOf(character) >= 0 && !isInsideWord(plain, i)) {
            safe.append('\\');
          }
          safe.append(character);
        }
      }
    }
    return safe.toString();
  }

  /** An underscore between letters or digits is no markup, and names are full of them. */
  private static boolean isInsideWord(String text, int position) {
    return text.charAt(position) == '_'
        && position > 0
        && position + 1 < text.length()
        && Character.isLetterOrDigit(text.charAt(position - 1))
        && Character.isLetterOrDigit(text.charAt(position + 1));
  }

  /** For a CSV cell: text that a spreadsheet would take for a formula gets an apostrophe. */
  static String forCsv(String text) {
    return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
