package dev.latencylens.harness.config;

import dev.latencylens.harness.provider.Providers;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A file of prices. Immutable and thread-safe.
 *
 * @param name the file's name, without its directory
 * @param date the date of the file as a whole
 * @param entries its prices; no two of one provider have the same model
 */
public record PriceFile(String name, LocalDate date, List<ModelPrice> entries) {
  private static final String BUNDLED = "prices.yaml";
  private static final String NEEDED = "prices";

  /** Copies the list. */
  public PriceFile {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a price file, strictly.
   *
   * @param file a YAML file in UTF-8
   * @param providers those that an entry may name
   * @return the prices
   * @throws ConfigurationException if the file can't be read or anything in it is wrong, such as an
   *     entry without a date or a source; it names all problems at once
   */
  public static PriceFile load(final Path file, final Providers providers)
      throws ConfigurationException {
    return named(
        nameOf(file),
        SectionFile.read(file, YamlText.read(file), NEEDED, PriceSchema.SECTION, providers));
  }

  /**
   * The prices that the suite brings along.
   *
   * @param providers those that an entry may name
   * @return the prices
   */
  public static PriceFile bundled(final Providers providers) {
    return named(BUNDLED, SectionFile.bundled(BUNDLED, NEEDED, PriceSchema.SECTION, providers));
  }

  private static PriceFile named(final String name, final PriceFile read) {
    return new PriceFile(name, read.date(), read.entries());
  }

  static String nameOf(final Path file) {
    return String.valueOf(file.getFileName());
  }

  /** The price of a model: that of the entry that says most of its id. */
  Optional<ModelPrice> priceOf(final String provider, final String model) {
    return entries.stream()
        .filter(entry -> entry.covers(provider, model))
        .max(Comparator.comparingInt(ModelPrice::precision));
  }
}
