package dev.latencylens.results.care;

import java.io.IOException;
import java.nio.file.Path;

/** Is told of what was done, after the fact and on the caller's thread. */
public interface CareLog {
  /** Keeps nothing. */
  CareLog NONE =
      new CareLog() {
        @Override
        public void erased(Erased erased) {}

        @Override
        public void exported(Path run, Exported exported) {}

        @Override
        public void published(Path run, Published published) {}
      };

  /** Writes it into the audit log of the run, or beside it where the run is gone. */
  CareLog AUDITED = new AuditedCare();

  /**
   * Something was erased.
   *
   * @param erased what; of a run that was erased whole the directory is gone
   * @throws IOException if it can't be recorded
   */
  void erased(Erased erased) throws IOException;

  /**
   * A run was exported.
   *
   * @param run the run directory
   * @param exported what was written
   * @throws IOException if it can't be recorded
   */
  void exported(Path run, Exported exported) throws IOException;

  /**
   * A run was published.
   *
   * @param run the run directory
   * @param published what was written
   * @throws IOException if it can't be recorded
   */
  void published(Path run, Published published) throws IOException;
}
