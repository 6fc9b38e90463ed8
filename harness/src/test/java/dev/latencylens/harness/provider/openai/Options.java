package dev.latencylens.harness.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.latencylens.harness.provider.TargetOptions;
import java.util.HashMap;
import java.util.Map;

/** The options of a target, as a configuration gives them. */
public final class Options {
  private Options() {}

  /** Names and values in turn. */
  public static TargetOptions of(final String... pairs) {
    final Map<String, JsonNode> options = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      options.put(pairs[i], new TextNode(pairs[i + 1]));
    }
    return new TargetOptions(options);
  }
}
