package dev.latencylens.harness.prompt;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Rules that flag prompts. Patterns are those of RE2, which take linear time on any text, so that a
 * rule file can't hang a run. Immutable and thread-safe.
 */
public final class PromptRules {
  private static final String OWN = "prompt-rules.yaml";
  private static final int MOST_BYTES = 256 << 10;
  private static final int MOST_RULES = 500;
  private static final Set<String> KEYS = Set.of("id", "description", "pattern");

  private final List<Rule> rules;

  private PromptRules(final List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  private record Rule(String id, String description, Pattern pattern) {}

  /**
   * The rules that come with the suite.
   *
   * @return the rules
   */
  public static PromptRules own() {
    try (InputStream in = PromptRules.class.getResourceAsStream(OWN)) {
      if (in == null) {
        throw new IllegalStateException(OWN + " is not in the jar");
      }
      return parse(OWN, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (final IOException e) {
      throw new UncheckedIOException(OWN + " can't be read", e);
    } catch (final PromptRulesException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /**
   * Reads a rule file: a YAML mapping with a list {@code rules}, each with {@code id}, {@code
   * description} and {@code pattern}, in the form of the suite's own file.
   *
   * @param file the file
   * @return its rules
   * @throws PromptRulesException if it can't be read or used
   */
  public static PromptRules load(final Path file) throws PromptRulesException {
    try (InputStream in = Files.newInputStream(file)) {
      final byte[] content = in.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw new PromptRulesException(file + " is larger than 256 KiB");
      }
      return parse(file.toString(), new String(content, StandardCharsets.UTF_8));
    } catch (final IOException e) {
      throw new PromptRulesException(file + " can't be read: is it there?");
    }
  }

  static PromptRules parse(final String name, final String yaml) throws PromptRulesException {
    final Object root;
    try {
      root =
          new Load(LoadSettings.builder().setLabel(name).setMaxAliasesForCollections(0).build())
              .loadFromString(yaml);
    } catch (final YamlEngineException e) {
      throw new PromptRulesException(name + " is not valid YAML: " + e.getMessage());
    } catch (final StackOverflowError e) {
      throw new PromptRulesException(name + " is nested too deep");
    }
    if (!(root instanceof Map<?, ?> map)
        || map.size() != 1
        || !(map.get("rules") instanceof List<?> list)
        || list.size() > MOST_RULES) {
      throw new PromptRulesException(
          name + " must hold one key, rules, with a list of at most " + MOST_RULES);
    }
    final List<Rule> rules = new ArrayList<>();
    final Set<String> ids = new HashSet<>();
    for (final Object entry : list) {
      final Rule rule = rule(name + ", rule " + (rules.size() + 1), entry);
      if (!ids.add(rule.id())) {
        throw new PromptRulesException(name + ": two rules are called " + rule.id());
      }
      rules.add(rule);
    }
    return new PromptRules(rules);
  }

  private static Rule rule(final String place, final Object entry) throws PromptRulesException {
    if (!(entry instanceof Map<?, ?> map) || !map.keySet().equals(KEYS)) {
      throw new PromptRulesException(place + " must have id, description and pattern");
    }
    final String id = text(place, map, "id");
    if (!id.matches("[a-z0-9-]{1,64}")) {
      throw new PromptRulesException(place + ": the id must be letters, digits and hyphens");
    }
    try {
      return new Rule(
          id, text(place, map, "description"), Pattern.compile(text(place, map, "pattern")));
    } catch (final PatternSyntaxException e) {
      throw new PromptRulesException(
          place + ": the pattern is not one of RE2: " + e.getDescription());
    }
  }

  private static String text(final String place, final Map<?, ?> map, final String key)
      throws PromptRulesException {
    if (map.get(key) instanceof String text && !text.isBlank() && text.length() <= 4_000) {
      return text;
    }
    throw new PromptRulesException(place + ": " + key + " must be text");
  }

  /**
   * Looks at a prompt.
   *
   * @param prompt any text
   * @return for each rule that flags it the first place, in the order of the rules
   */
  public List<PromptFinding> check(final String prompt) {
    final List<PromptFinding> findings = new ArrayList<>();
    for (final Rule rule : rules) {
      final Matcher matcher = rule.pattern().matcher(prompt);
      if (matcher.find()) {
        final String before = prompt.substring(0, matcher.start());
        final int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        final int column = matcher.start() - before.lastIndexOf('\n');
        findings.add(new PromptFinding(rule.id(), rule.description(), line, column));
      }
    }
    return findings;
  }
}
