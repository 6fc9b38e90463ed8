package dev.latencylens.harness.config;

import dev.latencylens.harness.provider.ChatDialect;
import dev.latencylens.harness.provider.DialectTable;
import dev.latencylens.harness.provider.Providers;
import java.util.List;

/** The dialects that the suite brings along. Read once. */
public final class BundledDialects implements DialectTable {
  private static final String FILE = "dialects.yaml";
  private static final List<ChatDialect> DIALECTS =
      List.copyOf(SectionFile.bundled(FILE, "dialects", DialectSchema.SECTION, Providers.none()));

  /** Makes the table. */
  public BundledDialects() {}

  @Override
  public List<ChatDialect> dialects() {
    return DIALECTS;
  }
}
