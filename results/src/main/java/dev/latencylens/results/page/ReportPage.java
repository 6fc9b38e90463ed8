package dev.latencylens.results.page;

import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.table.Metric;
import dev.latencylens.results.table.Summary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code report.html}: a run on one page that can be published. It holds all that it needs, and its
 * policy forbids a browser to load or send anything. What a run names stands in one JSON text
 * alone, which the page's program shows as text.
 */
public final class ReportPage {
  /** The most bytes of a page, however large the run. */
  public static final int MOST_BYTES = 5 << 20;

  private static final int MOST_ROWS = 2_000;

  /** The parts of the page, in their order. A new part is one more entry here. */
  private static final List<Section> SECTIONS =
      List.of(
          new Overview(),
          new Comparisons(),
          new PercentileCurves(Metric.TTFT),
          new PercentileCurves(Metric.GAP),
          new Distributions(Metric.TTFT),
          new Distributions(Metric.GAP),
          new Timeline(),
          new CostAndSpeed(),
          new RoundHealth(),
          new ManifestTables());

  private ReportPage() {}

  /**
   * Renders a run.
   *
   * @param run the run directory
   * @param summary its summary
   * @return the whole file, the same for the same run, of {@link #MOST_BYTES} at most
   * @throws IOException if the run can't be read
   */
  public static String render(RunDirectory run, Summary summary) throws IOException {
    PageSource source = PageSource.of(run, summary);
    List<SectionContent> sections = new ArrayList<>();
    for (Section section : SECTIONS) {
      section.content(source).ifPresent(sections::add);
    }
    PageContent content = PageContent.of(summary, sections);
    PageParts parts = PageParts.read();
    String page = PageHtml.of(parts, content.withRowsUpTo(MOST_ROWS));
    for (int rows = MOST_ROWS / 2; rows > 0 && tooLarge(page); rows /= 2) {
      page = PageHtml.of(parts, content.withRowsUpTo(rows));
    }
    return page;
  }

  private static boolean tooLarge(String page) {
    return page.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES;
  }
}
