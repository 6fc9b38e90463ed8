package dev.latencylens.harness.config;

/** What texts that end up in tables, logs and file names must be like. */
final class TextRules {
  private static final String NAME_FORM =
      "text of 1 to " + Target.LONGEST_NAME + " printable characters";

  private TextRules() {}

  static void requireName(final String what, final String text) {
    if (!isName(text)) {
      throw new IllegalArgumentException(what + " must be " + NAME_FORM);
    }
  }

  static ValueType<String> nameType() {
    return Types.text(NAME_FORM, TextRules::isName, text -> text);
  }

  static boolean isName(final String text) {
    return !text.isBlank() && text.length() <= Target.LONGEST_NAME && isPrintable(text);
  }

  /** No control characters, line breaks, or marks that turn the direction of the text. */
  static boolean isPrintable(final String text) {
    return text.codePoints()
        .allMatch(
            point ->
                switch (Character.getType(point)) {
                  case Character.CONTROL,
                      Character.FORMAT,
                      Character.SURROGATE,
                      Character.LINE_SEPARATOR,
                      Character.PARAGRAPH_SEPARATOR,
                      Character.UNASSIGNED ->
                      false;
                  default -> true;
                });
  }
}
