package dev.latencylens.results.care;

import dev.latencylens.results.audit.AuditEntry;
import dev.latencylens.results.audit.AuditField;
import dev.latencylens.results.audit.AuditFile;
import dev.latencylens.results.audit.AuditHeads;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Records erasures, exports and publications in audit logs, by counts alone: no user id, no name of
 * a file.
 */
final class AuditedCare implements CareLog {
  @Override
  public void erased(Erased erased) throws IOException {
    switch (erased.what()) {
      case RUN -> AuditHeads.beside(erased.path()).erased();
      case SUBJECT ->
          AuditFile.of(erased.path())
              .amend(
                  AuditEntry.now("erase")
                      .with(AuditField.STATUS, erased.what().word())
                      .with(AuditField.STREAMS, erased.streams())
                      .with(AuditField.FILES, erased.files())
                      .with(AuditField.BYTES, erased.bytes()));
      case ARCHIVE -> {
        // It goes with a run or a user, which are recorded; it has no log of its own.
      }
    }
  }

  @Override
  public void exported(Path run, Exported exported) throws IOException {
    AuditFile.of(run)
        .amend(
            AuditEntry.now("export")
                .with(AuditField.FILES, exported.files())
                .with(AuditField.BYTES, exported.bytes()));
  }

  @Override
  public void published(Path run, Published published) throws IOException {
    AuditFile.of(run)
        .amend(
            AuditEntry.now("publish")
                .with(AuditField.STATUS, published.forced() ? "forced" : "checked")
                .with(AuditField.STREAMS, published.streams())
                .with(AuditField.CELLS, published.cells())
                .with(AuditField.FILES, published.files())
                .with(AuditField.BYTES, published.bytes()));
  }
}
