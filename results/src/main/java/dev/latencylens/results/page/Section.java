package dev.latencylens.results.page;

import java.io.IOException;
import java.util.Optional;

/** One part of the page: what it says, draws and lists of a run. */
interface Section {

  /**
   * Gathers the section's figures.
   *
   * @param source the run
   * @return the section, in a size that does not grow with the number of streams; empty where the
   *     run has nothing of it
   * @throws IOException if the run can't be read
   */
  Optional<SectionContent> content(PageSource source) throws IOException;
}
