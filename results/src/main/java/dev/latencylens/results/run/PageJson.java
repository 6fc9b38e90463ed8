package dev.latencylens.results.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * JSON that may stand inside a page's script element, whatever the texts in it: what could end or
 * start an element there is escaped. Names are in snake_case, as in a run's files.
 */
public final class PageJson {
  private PageJson() {}

  /**
   * Turns a record into a tree, so that its texts can be looked through.
   *
   * @param value a record, or what records are made of
   * @return a new tree
   */
  public static JsonNode tree(Object value) {
    return RunJson.tree(value);
  }

  /**
   * Writes a tree in one line.
   *
   * @param tree the tree
   * @return JSON without {@code <}, {@code >} and {@code &}, and with a line end
   */
  public static String text(JsonNode tree) {
    try {
      return new String(RunJson.line(tree), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("a tree in memory can be written", e);
    }
  }
}
