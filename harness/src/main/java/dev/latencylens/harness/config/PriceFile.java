package dev.latencylens.harness.config;

import dev.latencylens.harness.provider.Providers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
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
    return read(file, YamlText.read(file), providers);
  }

  /**
   * The prices that the suite brings along.
   *
   * @param providers those that an entry may name
   * @return the prices
   */
  public static PriceFile bundled(final Providers providers) {
    try (InputStream in =
        Objects.requireNonNull(PriceFile.class.getResourceAsStream(BUNDLED), BUNDLED)) {
      return read(
          Path.of(BUNDLED), new String(in.readAllBytes(), StandardCharsets.UTF_8), providers);
    } catch (final IOException e) {
      throw new UncheckedIOException("the prices that come with the suite can't be read", e);
    } catch (final ConfigurationException e) {
      throw new IllegalStateException("the prices that come with the suite are wrong", e);
    }
  }

  private static PriceFile read(final Path file, final String text, final Providers providers)
      throws ConfigurationException {
    final Problems problems = new Problems();
    final Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    final Reading reading = new Reading(directory, providers, PriceSchema.SECTION, problems);
    return YamlTree.read(text, "prices", problems)
        .flatMap(root -> PriceSchema.SECTION.read("the file", root, reading))
        .map(read -> new PriceFile(nameOf(file), read.date(), read.entries()))
        .orElseThrow(() -> new ConfigurationException(file, problems.all()));
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
