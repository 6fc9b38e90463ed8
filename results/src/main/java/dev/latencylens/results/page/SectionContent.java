package dev.latencylens.results.page;

import java.util.List;
import java.util.Optional;

/**
 * One part of the page, ready to be written. All texts are raw: {@link ReportPage} makes them safe.
 *
 * @param id its name in links, of letters and hyphens
 * @param title its heading
 * @param lead what a reader must know before the figures, one sentence or more each
 * @param plot what is drawn, where something is
 * @param tables the figures; where there is a plot, the first has what the plot shows
 */
record SectionContent(
    String id, String title, List<String> lead, Optional<Plot> plot, List<TableContent> tables) {

  SectionContent {
    lead = List.copyOf(lead);
    tables = List.copyOf(tables);
  }

  /** The same with shorter tables. */
  SectionContent withRowsUpTo(int most) {
    return new SectionContent(
        id, title, lead, plot, tables.stream().map(table -> table.withRowsUpTo(most)).toList());
  }
}
