package dev.latencylens.results.compare;

import java.util.Locale;

/** The forms in which a comparison is printed. */
public enum ComparisonFormat {
  /** Tables for people. */
  MD {
    @Override
    public String render(CellComparison comparison) {
      return MarkdownComparison.render(comparison);
    }
  },
  /** One line a quantile, for programs. */
  CSV {
    @Override
    public String render(CellComparison comparison) {
      return CsvComparison.render(comparison);
    }
  },
  /** All that there is, for programs. */
  JSON {
    @Override
    public String render(CellComparison comparison) {
      return JsonComparison.render(comparison);
    }
  },
  /** A test report, as build servers read it. */
  JUNIT {
    @Override
    public String render(CellComparison comparison) {
      return JunitComparison.render(comparison);
    }
  },
  /** Workflow commands, which GitHub Actions shows as annotations. */
  GITHUB {
    @Override
    public String render(CellComparison comparison) {
      return GithubComparison.render(comparison);
    }
  };

  /**
   * Renders a comparison.
   *
   * @param comparison what was compared
   * @return text that ends with a line end, the same in every locale
   */
  public abstract String render(CellComparison comparison);

  /**
   * The name on the command line.
   *
   * @return such as {@code md}
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
