package dev.latencylens.results.page;

import dev.latencylens.results.table.Footnotes;
import dev.latencylens.results.table.RunFacts;
import dev.latencylens.results.table.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that the page says. All texts are raw: {@link ReportPage} makes them safe.
 *
 * @param title the run's name
 * @param simulated what must be said of a simulated run
 * @param facts what a reader must know first, one line each
 * @param notes what must be said under the figures, one sentence or more each
 * @param sections the page's parts, in their order
 */
record PageContent(
    String title,
    Optional<String> simulated,
    List<String> facts,
    List<String> notes,
    List<SectionContent> sections) {

  PageContent {
    facts = List.copyOf(facts);
    notes = List.copyOf(notes);
    sections = List.copyOf(sections);
  }

  static PageContent of(Summary summary, List<SectionContent> sections) {
    List<String> facts = new ArrayList<>();
    facts.add(RunFacts.date(summary) + ", " + RunFacts.suite(summary));
    facts.add("Machine: " + RunFacts.machine(summary));
    facts.add("JVM: " + RunFacts.jvm(summary));
    facts.add("Measured: " + RunFacts.measured(summary));
    List<String> constants = RunFacts.constants(summary);
    if (!constants.isEmpty()) {
      facts.add("All rows: " + String.join(", ", constants));
    }
    List<String> notes = new ArrayList<>(Footnotes.of(summary));
    summary.warnings().forEach(warning -> notes.add("Warning: " + warning + "."));
    return new PageContent(
        summary.manifest().name(),
        summary.manifest().simulated() ? Optional.of(RunFacts.SIMULATED) : Optional.empty(),
        facts,
        notes,
        sections);
  }

  /** The same with shorter tables and fewer notes. */
  PageContent withRowsUpTo(int most) {
    return new PageContent(
        title,
        simulated,
        facts,
        notes.subList(0, Math.min(most, notes.size())),
        sections.stream().map(section -> section.withRowsUpTo(most)).toList());
  }
}
