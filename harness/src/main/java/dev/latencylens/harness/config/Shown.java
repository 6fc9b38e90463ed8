package dev.latencylens.harness.config;

import dev.latencylens.harness.secret.Redactor;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * How values of the file stand in messages. A key can be pasted behind any name by mistake, so that
 * a value is repeated only if it is short and does not look like one.
 */
final class Shown {
  private static final int LONGEST = 40;
  private static final Pattern KEY_LIKE =
      Pattern.compile(
          "(?i)\\b(sk|pk|rk|gsk|xai|hf|ghp)[-_]|AIza|AKIA|AQ\\.|eyJ|bearer|[\\w+/=-]{24,}");

  /** One unbroken run after what keys begin with: prose has spaces. */
  private static final Pattern KEY_START =
      Pattern.compile(
          "(?i)\\s*((bearer|basic)\\s+\\S{4,}|((bearer|basic)\\s+)?((sk|pk|rk|gsk|xai|hf|ghp)[-_]"
              + "|github_pat_|hvs\\.|ya29\\.|AIza|AKIA|ASIA|AQ\\.|eyJ)[^\\s$]{8,})\\s*");

  private Shown() {}

  /**
   * Whether a value is, or has in it, what looks like a service's key: it may not stand in a file.
   */
  static boolean holdsKey(final String value) {
    return KEY_START.matcher(value).matches() || Redactor.holdsKey(value);
  }

  static String text(final String value) {
    return isHarmless(value) ? "\"" + value + "\"" : "(not shown)";
  }

  static String mismatch(final String key, final String form, final Node node) {
    return key + " must be " + form + ", but is " + kind(node);
  }

  private static String kind(final Node node) {
    if (node instanceof ScalarNode scalar) {
      return Tag.NULL.equals(scalar.getTag()) ? "empty" : text(scalar.getValue());
    }
    return node instanceof MappingNode ? "a mapping" : "a list";
  }

  /** What the YAML parser says is wrong: its words may hold pieces of the file. */
  static String parserMessage(final String message) {
    return KEY_LIKE.matcher(message).find() ? "the YAML can't be read here" : message;
  }

  static String place(final Node node) {
    final Optional<Mark> mark = node.getStartMark();
    return mark.map(start -> "in line " + (start.getLine() + 1)).orElse("before");
  }

  private static boolean isHarmless(final String value) {
    return value.length() <= LONGEST
        && TextRules.isPrintable(value)
        && !KEY_LIKE.matcher(value).find();
  }
}
