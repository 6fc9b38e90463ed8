package dev.latencylens.results.compare;

import dev.latencylens.results.table.SafeText;

/**
 * A comparison as workflow commands of GitHub Actions: an error for what is slower or fails more, a
 * warning for what has no verdict, a notice for the rest (GitHub: "Workflow commands for GitHub
 * Actions", setting messages).
 */
final class GithubComparison {
  private GithubComparison() {}

  static String render(CellComparison comparison) {
    StringBuilder text = new StringBuilder();
    for (ComparedQuantile row : comparison.planned()) {
      String level =
          switch (row.standing()) {
            case SLOWER -> "error";
            case FASTER, SAME, NOT_GATED -> "notice";
            default -> "warning";
          };
      command(
          text,
          level,
          row.statistic() + " " + row.standing().label(),
          RowText.cells(row) + ": " + RowText.change(row) + ", " + RowText.standing(row));
    }
    for (ComparedFailures each : comparison.failures()) {
      command(
          text,
          each.finding() == ComparedFailures.Finding.WORSE ? "error" : "notice",
          "failures: " + each.finding().label(),
          ComparedNames.common(each.baseline(), each.candidate())
              + ": "
              + each.rates().baseline().failed()
              + " of "
              + each.rates().baseline().requests()
              + ", then "
              + each.rates().candidate().failed()
              + " of "
              + each.rates().candidate().requests());
    }
    for (String note : comparison.notes()) {
      command(text, "notice", comparison.title(), note);
    }
    return text.toString();
  }

  private static void command(StringBuilder text, String level, String title, String message) {
    text.append("::")
        .append(level)
        .append(" title=")
        .append(escaped(title).replace(":", "%3A").replace(",", "%2C"))
        .append("::")
        .append(escaped(message))
        .append('\n');
  }

  private static String escaped(String text) {
    return SafeText.forTerminal(text).replace("%", "%25");
  }
}
