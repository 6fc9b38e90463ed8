package dev.latencylens.results.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which keys of two redacted configurations differ: names only, since a value may be private. */
public final class ConfigChanges {
  private static final int DEEPEST = 64;

  private ConfigChanges() {}

  /**
   * Compares two configurations.
   *
   * @param before the earlier one, redacted
   * @param after the later one, redacted
   * @return the dotted paths of what differs, sorted, such as {@code load.streams} or {@code
   *     targets.0.model}; what is only in one of them is named where it begins; empty if they agree
   */
  public static List<String> between(JsonNode before, JsonNode after) {
    Set<String> paths = new TreeSet<>();
    compare(before, after, "", 0, paths);
    return List.copyOf(paths);
  }

  private static void compare(
      JsonNode before, JsonNode after, String path, int depth, Set<String> paths) {
    if (before.equals(after)) {
      return;
    }
    boolean sameShape = before.isContainerNode() && before.getNodeType() == after.getNodeType();
    if (!sameShape || depth == DEEPEST) {
      paths.add(path.isEmpty() ? "(all)" : path);
      return;
    }
    if (before.isObject()) {
      Set<String> names = new TreeSet<>();
      before.fieldNames().forEachRemaining(names::add);
      after.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        compare(before.path(name), after.path(name), under(path, name), depth + 1, paths);
      }
    } else {
      for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
        compare(before.path(i), after.path(i), under(path, Integer.toString(i)), depth + 1, paths);
      }
    }
  }

  private static String under(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
