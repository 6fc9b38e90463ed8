package dev.latencylens.results.table;

/** Text in lines of a terminal's width. Stateless. */
public final class Paragraph {
  private Paragraph() {}

  /**
   * Wraps words at a width; a word that is longer than a line is cut into lines.
   *
   * @param raw any text; what could do more to a terminal than be read is escaped
   * @param indent what the second line and those after it begin with
   * @param columns the most columns of a line, more than the indent has
   * @return whole lines, each with its end
   */
  public static String wrap(String raw, String indent, int columns) {
    StringBuilder out = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (String word : SafeText.forTerminal(raw).split(" ", -1)) {
      if (line.length() > indent.length()
          && TextTable.width(line.toString()) + 1 + TextTable.width(word) > columns) {
        out.append(line.toString().stripTrailing()).append('\n');
        line.setLength(0);
        line.append(indent);
      } else if (line.length() > 0) {
        line.append(' ');
      }
      for (int character : word.codePoints().toArray()) {
        if (TextTable.width(line.toString()) + TextTable.width(character) > columns) {
          out.append(line).append('\n');
          line.setLength(0);
          line.append(indent);
        }
        line.appendCodePoint(character);
      }
    }
    return out.append(line.toString().stripTrailing()).append('\n').toString();
  }
}
