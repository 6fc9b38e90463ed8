package dev.latencylens.results.care;

import dev.latencylens.results.run.Manifest;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** The text that tells the receiver of an archive what is in it. */
final class ExportReadme {
  private static final int COLUMN = 24;

  private ExportReadme() {}

  /** Only what is the same each time: no date of export, no names of the run that need escaping. */
  static String text(Manifest manifest, Collection<ExportLayout> kinds) {
    Set<ExportLayout> there = EnumSet.noneOf(ExportLayout.class);
    there.addAll(kinds);
    StringBuilder text = new StringBuilder();
    text.append("A run of Latency Lens, which measures how fast language models stream.\n\n")
        .append("Started ")
        .append(manifest.started())
        .append(manifest.finished().isPresent() ? "" : "; it never finished")
        .append(manifest.simulated() ? "; all targets were the simulator" : "")
        .append(".\nFormat version ")
        .append(manifest.schemaVersion())
        .append(". Times are nanoseconds where a name ends in _ns, and UTC.\n\n");
    for (ExportLayout kind : there) {
      line(text, kind.shown(), kind.meaning());
    }
    line(text, "schemas/", "JSON Schemas (2020-12) of the files named with them above");
    line(text, "checksums.sha256", "check with: sha256sum -c checksums.sha256");
    if (!there.contains(ExportLayout.ENCRYPTED_TEXTS)) {
      text.append("\nPrompts and answers are not in this archive.\n");
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String meaning) {
    text.append(name)
        .append(" ".repeat(Math.max(1, COLUMN - name.length())))
        .append(meaning)
        .append('\n');
  }
}
