package dev.latencylens.benchmarks.doctor;

import dev.latencylens.results.table.Paragraph;
import dev.latencylens.results.table.TextTable;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one check found.
 *
 * @param state what it came to
 * @param subject what was looked at, in a word or two of this project's own
 * @param found what was found; free of secrets
 * @param hint what to do about it; empty where there is nothing to do
 */
record Finding(State state, String subject, String found, String hint) {
  /** As many columns as any terminal has. */
  static final int COLUMNS = 80;

  private static final String BETWEEN = "  ";

  static Finding pass(final String subject, final String found) {
    return new Finding(State.PASS, subject, found, "");
  }

  /**
   * Findings one below the other, each hint under what it is for.
   *
   * @return lines of at most {@link #COLUMNS} columns, which do nothing to a terminal
   */
  static String render(final List<Finding> findings) {
    final int states = widest(findings, finding -> finding.state.label());
    final int subjects = widest(findings, finding -> finding.subject);
    final String indent = " ".repeat(states + subjects + 2 * BETWEEN.length());
    final StringBuilder text = new StringBuilder();
    for (final Finding finding : findings) {
      final String state = finding.state.label();
      final String before =
          state
              + " ".repeat(states - TextTable.width(state))
              + BETWEEN
              + finding.subject
              + " ".repeat(subjects - TextTable.width(finding.subject))
              + BETWEEN;
      text.append(before).append(wrapped(finding.found, indent).substring(indent.length()));
      if (!finding.hint.isEmpty()) {
        text.append(wrapped("-> " + finding.hint, indent));
      }
    }
    return text.toString();
  }

  private static int widest(final List<Finding> findings, final Function<Finding, String> text) {
    return findings.stream().map(text).mapToInt(TextTable::width).max().orElse(0);
  }

  /** Lines that all begin with the indent, the later ones of a hint below its first word. */
  private static String wrapped(final String text, final String indent) {
    return Paragraph.wrap(text, text.startsWith("-> ") ? "   " : "", COLUMNS - indent.length())
        .lines()
        .map(line -> indent + line + "\n")
        .collect(Collectors.joining());
  }
}
