package dev.latencylens.harness.audit;

/** Makes any text fit for a field of the audit log. */
final class FieldText {
  private static final String LABEL_MARKS = "._:/@+-[]";

  private FieldText() {}

  /** A name: ASCII letters, digits and a few marks; without blanks, so that no sentence passes. */
  static String label(final String text, final int longest) {
    final StringBuilder label = new StringBuilder();
    cut(text, longest)
        .codePoints()
        .forEach(character -> label.appendCodePoint(isOfLabel(character) ? character : '_'));
    return label.toString();
  }

  private static boolean isOfLabel(final int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || LABEL_MARKS.indexOf(character) >= 0;
  }

  /** Words of this suite with names of files in them: what can be read and does nothing else. */
  static String words(final String text, final int longest) {
    final StringBuilder words = new StringBuilder();
    cut(text, longest)
        .codePoints()
        .forEach(character -> words.appendCodePoint(isPlain(character) ? character : '_'));
    return words.toString();
  }

  private static boolean isPlain(final int character) {
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

  /** Half a surrogate pair at the cut becomes {@code _} with the other odd characters. */
  private static String cut(final String text, final int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }
}
