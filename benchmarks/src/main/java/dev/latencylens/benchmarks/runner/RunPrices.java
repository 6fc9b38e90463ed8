package dev.latencylens.benchmarks.runner;

import dev.latencylens.harness.config.ModelPrice;
import dev.latencylens.harness.config.PriceList;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.Providers;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The prices of a run's targets, and where they come from. The suite's own prices are those at the
 * providers' own endpoints: of a target with another {@code base_url}, be it a gateway, another
 * region or a server on this machine, only the configuration's price file can know the price.
 * Immutable.
 */
final class RunPrices {
  /** A picodollar a token is a millionth of a dollar for a million tokens. */
  private static final int PICO_PLACES = 6;

  private final RunPlan plan;
  private final PriceList all;
  private final PriceList ownOnly;
  private final Set<String> elsewhere;

  private RunPrices(final RunPlan plan, final Providers providers) {
    this.plan = plan;
    all = PriceList.of(plan.configuration().prices(), providers);
    ownOnly = PriceList.ownOnly(plan.configuration().prices());
    elsewhere =
        plan.arms().stream()
            .flatMap(arm -> arm.configuration().targets().stream().map(arm::own))
            .filter(target -> isElsewhere(target, providers))
            .map(Target::name)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The prices that a plan's configuration and the suite know. */
  static RunPrices of(final RunPlan plan) {
    return new RunPrices(plan, plan.configuration().providers());
  }

  private static boolean isElsewhere(final Target configured, final Providers providers) {
    if (configured.baseUrl().isEmpty()) {
      return false;
    }
    try {
      return !configured
          .baseUrl()
          .equals(providers.get(configured.provider()).api(configured.options()).defaultBaseUrl());
    } catch (final OptionException unusable) {
      return true;
    }
  }

  /** The price of a target's model, if there is one. */
  Optional<ModelPrice> of(final Target target) {
    return pricesFor(target).priceOf(target.provider(), target.model());
  }

  private PriceList pricesFor(final Target target) {
    return elsewhere.contains(target.name()) ? ownOnly : all;
  }

  /** Whether every target has one. */
  boolean pricesAll() {
    return plan.targets().stream().allMatch(target -> of(target).isPresent());
  }

  /** The date of the file that the prices in use came from: the oldest, where there are several. */
  Optional<LocalDate> fileDate() {
    return plan.targets().stream()
        .flatMap(target -> pricesFor(target).fileDateOf(target.provider(), target.model()).stream())
        .min(Comparator.naturalOrder());
  }

  /** What readers of the tables should know: each price with its source, and what has none. */
  List<String> notes() {
    final Set<String> priced = new LinkedHashSet<>();
    final Set<String> unpriced = new LinkedHashSet<>();
    for (final Target target : plan.targets()) {
      final String name =
          target.model()
              + " ("
              + target.provider()
              + (elsewhere.contains(target.name()) ? " at a base_url of its own)" : ")");
      of(target)
          .ifPresentOrElse(
              price -> priced.add("Price of " + name + ": " + inWords(price)),
              () -> unpriced.add(name));
    }
    final List<String> notes = new ArrayList<>(priced);
    if (plan.simulated()) {
      if (!priced.isEmpty()) {
        notes.add("Costs are what the simulated tokens would have cost: nothing was charged.");
      }
    } else if (!unpriced.isEmpty()) {
      notes.add(
          "No price is known for "
              + String.join(", ", unpriced)
              + ": the configuration's key prices names a file that has one.");
    }
    return notes;
  }

  private static String inWords(final ModelPrice price) {
    final StringBuilder words = new StringBuilder("USD ");
    words.append(usd(price.inputPicoUsd())).append(" input");
    if (price.cachedInputPicoUsd() != price.inputPicoUsd()) {
      words.append(", ").append(usd(price.cachedInputPicoUsd())).append(" cached input");
    }
    if (price.cacheWritePicoUsd() != price.inputPicoUsd()) {
      words.append(", ").append(usd(price.cacheWritePicoUsd())).append(" cache write");
    }
    words.append(", ").append(usd(price.outputPicoUsd())).append(" output");
    if (price.reasoningPicoUsd() != price.outputPicoUsd()) {
      words.append(", ").append(usd(price.reasoningPicoUsd())).append(" reasoning");
    }
    words.append(" for a million tokens");
    final OptionalLong longest = price.maxInputTokens();
    if (longest.isPresent()) {
      words.append(", for prompts of up to ").append(longest.getAsLong()).append(" tokens");
    }
    return words
        .append("; read from ")
        .append(price.source())
        .append(" on ")
        .append(price.date())
        .append('.')
        .toString();
  }

  private static String usd(final long picoUsd) {
    return BigDecimal.valueOf(picoUsd, PICO_PLACES).stripTrailingZeros().toPlainString();
  }
}
