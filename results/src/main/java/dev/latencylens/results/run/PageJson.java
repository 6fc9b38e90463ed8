package dev.latencylens.results.run;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * JSON that may stand inside a page's script element, whatever the texts in it: what could end or
 * start an element there is escaped. Names are in snake_case, as in a run's files.
 */
public final class PageJson {
  private static final JsonMapper ASCII =
      JsonMapper.builder(new JsonFactoryBuilder().characterEscapes(new PageSafeEscapes()).build())
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

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

  /**
   * Writes a tree over several lines, in ASCII: whatever shows it, no text in it does more than be
   * read. Numbers have no exponents.
   *
   * @param tree the tree
   * @return JSON without {@code <}, {@code >} and {@code &}, ending with a line end
   */
  public static String lines(JsonNode tree) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    try {
      return ASCII
              .writer(
                  new DefaultPrettyPrinter()
                      .withObjectIndenter(indenter)
                      .withArrayIndenter(indenter))
              .writeValueAsString(tree)
          + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException("a tree in memory can be written", e);
    }
  }
}
