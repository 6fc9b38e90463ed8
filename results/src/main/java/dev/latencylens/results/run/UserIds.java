package dev.latencylens.results.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/** Where a configuration names a user: the fields {@code user_id}, wherever they stand. */
final class UserIds {
  private static final String FIELD = "user_id";

  private UserIds() {}

  static boolean isNamed(JsonNode configuration, String id) {
    return configuration.findValues(FIELD).stream().anyMatch(value -> isThat(value, id));
  }

  static JsonNode without(JsonNode configuration, String id) {
    JsonNode copy = configuration.deepCopy();
    for (JsonNode parent : copy.findParents(FIELD)) {
      if (isThat(parent.get(FIELD), id)) {
        ((ObjectNode) parent).remove(FIELD);
      }
    }
    return copy;
  }

  private static boolean isThat(JsonNode value, String id) {
    return Objects.equals(value.textValue(), id);
  }
}
