package dev.latencylens.results.table;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Names come from configurations and servers: here they lose the power to do more than be read. */
public final class SafeText {
  private static final String MARKDOWN_SPECIAL = "\\`*_[]|~#!";

  /** The mathematical minus too: spreadsheets take it for a sign. */
  private static final String FORMULA_STARTS = "=+-@\u2212";

  private static final String QUOTES = "\"'`\u00ab\u00bb";

  /** What a Markdown reader takes for a list, a rule or a heading where a text begins with it. */
  private static final Pattern BLOCK_START =
      Pattern.compile("^(?:([-+=]+)(?=\\s|$)|([0-9]{1,9})([.)])(?=\\s|$))");

  private SafeText() {}

  /**
   * For a terminal, or a page's text: control, formatting (bidirectional marks too) and odd
   * characters escaped.
   *
   * @param text any text
   * @return the same in one line, each such character as <code>&#92;u{hex}</code>
   */
  public static String forTerminal(String text) {
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

  /**
   * For Markdown: as for a terminal, and neither markup, nor HTML, nor a link.
   *
   * @param text raw text
   * @return text for a cell of a table, or within a line
   */
  public static String forMarkdown(String text) {
    String plain = forTerminal(text).strip();
    StringBuilder safe = new StringBuilder(plain.length());
    for (int i = 0; i < plain.length(); i++) {
      char character = plain.charAt(i);
      switch (character) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        default -> {
          if ((MARKDOWN_SPECIAL.indexOf(character) >= 0 && !isInsideWord(plain, i))
              || linksItself(plain, i)) {
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

  /** The colon of {@code ://} and the full stop of {@code www.}: some readers link such text. */
  private static boolean linksItself(String text, int position) {
    return text.startsWith("://", position)
        || (position >= 3 && text.regionMatches(true, position - 3, "www.", 0, 4));
  }

  /**
   * For a Markdown text that begins a line or a list entry: it begins no block of its own.
   *
   * @param text raw text
   * @return text for the start of a line
   */
  public static String forMarkdownBlock(String text) {
    return BLOCK_START
        .matcher(forMarkdown(text))
        .replaceFirst(found -> found.group(1) == null ? "$2\\\\$3" : "\\\\$1");
  }

  /**
   * For a CSV cell of text: what a spreadsheet would take for a formula gets an apostrophe before
   * it. That is so at the text's start, but also after a semicolon, a tab or a line end inside, as
   * a spreadsheet with other separators begins a cell there.
   *
   * @param text raw text
   * @return text for a cell, not yet quoted
   */
  public static String forCsv(String text) {
    if (text.isEmpty()) {
      return text;
    }
    StringBuilder safe = new StringBuilder(text.length() + 1);
    // A tab or line end at the start is itself read as the start of something.
    if (separatesCells(text.charAt(0)) || startsFormula(text, 0, true)) {
      safe.append('\'');
    }
    for (int i = 0; i < text.length(); i++) {
      safe.append(text.charAt(i));
      if (separatesCells(text.charAt(i)) && startsFormula(text, i + 1, false)) {
        safe.append('\'');
      }
    }
    return safe.toString();
  }

  /**
   * For a word that other words are told from by signs, such as an outcome among notes: a name from
   * a damaged or foreign file must not look like another note.
   *
   * @param text raw text
   * @return letters and digits of ASCII, and {@code _ . -}; an underscore for anything else
   */
  public static String forWord(String text) {
    return text.replaceAll("[^A-Za-z0-9_.-]", "_");
  }

  private static boolean separatesCells(int character) {
    return switch (character) {
      case ';', '\t', '\n', '\u000b', '\f', '\r', '\u0085', '\u2028', '\u2029' -> true;
      default -> false;
    };
  }

  /**
   * Whether the first character that counts starts a formula, also in a full-width form, which East
   * Asian spreadsheets take for the plain one. Blanks, invisible characters and quotes before it
   * are passed over, as an import may do.
   */
  private static boolean startsFormula(String text, int from, boolean pastSeparators) {
    for (int i = from; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int character = text.codePointAt(i);
      if (!isPassedOver(character) || (!pastSeparators && separatesCells(character))) {
        String plain = Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKC);
        return plain.length() == 1 && FORMULA_STARTS.contains(plain);
      }
    }
    return false;
  }

  private static boolean isPassedOver(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION ->
          true;
      default ->
          character < Character.MIN_SUPPLEMENTARY_CODE_POINT && QUOTES.indexOf(character) >= 0;
    };
  }
}
