package dev.latencylens.benchmarks.supply;

import java.util.List;
import java.util.regex.Pattern;

/** A workflow file of GitHub Actions, and what in it could change without a commit. */
record Workflow(String text) {
  /** Whatever way YAML spells the key: as a list item, quoted or with spaces. */
  private static final Pattern USES = Pattern.compile("^\\s*(-\\s+)*[\"']?uses[\"']?\\s*:.*");

  private static final Pattern INLINE_USES = Pattern.compile(".*[{,]\\s*[\"']?uses[\"']?\\s*:.*");

  private static final Pattern PINNED =
      Pattern.compile(
          "\\s*(- )?uses: [A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+@[0-9a-f]{40}"
              + " # v[0-9]+\\.[0-9]+\\.[0-9]+");

  private static final Pattern SECRET = Pattern.compile("secrets\\s*[.\\[]");

  /** Lines with an action that is not pinned by a whole commit with its version beside it. */
  List<String> unpinned() {
    return text.lines()
        .filter(line -> USES.matcher(line).matches() || INLINE_USES.matcher(line).matches())
        .filter(line -> !PINNED.matcher(line).matches())
        .map(String::strip)
        .toList();
  }

  /** Whether jobs start without any permission and name those they need. */
  boolean startsWithoutPermissions() {
    return text.lines().anyMatch("permissions: {}"::equals) && !text.contains("write-all");
  }

  /** Whether a stored secret is read; the token and the identity of a run are not stored. */
  boolean readsStoredSecrets() {
    return SECRET.matcher(text).find();
  }
}
