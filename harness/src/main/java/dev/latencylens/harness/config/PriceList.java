package dev.latencylens.harness.config;

import dev.latencylens.harness.provider.Providers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All prices that a run knows: those of its own price file before the bundled ones. Immutable. */
public final class PriceList {
  private final List<PriceFile> files;

  private PriceList(final List<PriceFile> files) {
    this.files = List.copyOf(files);
  }

  /**
   * The prices of a run.
   *
   * @param own the price file that its configuration names
   * @param providers those that there are
   * @return its own prices and, for models that those leave out, the bundled ones
   */
  public static PriceList of(final Optional<PriceFile> own, final Providers providers) {
    final List<PriceFile> files = new ArrayList<>();
    own.ifPresent(files::add);
    files.add(PriceFile.bundled(providers));
    return new PriceList(files);
  }

  /**
   * The prices of a run's own file alone, for a model that is not asked where its provider sells
   * it.
   *
   * @param own the price file that its configuration names
   * @return none, if there is no such file
   */
  public static PriceList ownOnly(final Optional<PriceFile> own) {
    return new PriceList(own.stream().toList());
  }

  /**
   * The price of a model. In the first file that covers the model, an entry with its exact id wins
   * over one with the beginning of it, and a longer beginning over a shorter one.
   *
   * @param provider the provider's id
   * @param model the model's id, as the service knows it
   * @return empty if no file has a price
   */
  public Optional<ModelPrice> priceOf(final String provider, final String model) {
    return files.stream().flatMap(file -> file.priceOf(provider, model).stream()).findFirst();
  }

  /**
   * The date of the file that {@link #priceOf} finds a model's price in.
   *
   * @param provider the provider's id
   * @param model the model's id
   * @return empty if no file has a price
   */
  public Optional<LocalDate> fileDateOf(final String provider, final String model) {
    return files.stream()
        .filter(file -> file.priceOf(provider, model).isPresent())
        .map(PriceFile::date)
        .findFirst();
  }
}
