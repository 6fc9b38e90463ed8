package dev.latencylens.harness.config;

import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A price file: its own date, its currency, and an entry for each model. */
final class PriceSchema {
  private static final int MOST_ENTRIES = 10_000;
  private static final int MOST_PROVIDERS = 64;
  private static final long MOST_TOKENS = 1_000_000_000;

  /** A dollar per million tokens is a millionth of a dollar a token: six places, in picodollars. */
  private static final int PICO_PLACES = 6;

  private static final Pattern PRICE = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6})?");

  private static final Key<ModelPrice, List<String>> PROVIDER =
      Key.required(
          "provider",
          new OneOrMoreType<>(TargetSchema.providerType(), MOST_PROVIDERS),
          ModelPrice::providers,
          "The id of the provider that sells the model at this price, or a list of ids.");

  private static final Key<ModelPrice, String> MODEL =
      Key.required(
          "model",
          Types.text(
              "a model's id, or what it begins with and * at the end",
              PriceSchema::isModel,
              text -> text),
          ModelPrice::model,
          "The model's id, or what it begins with and *; the entry that says most of an id wins.");

  private static final Key<ModelPrice, Long> INPUT =
      Key.required(
          "input", price(), ModelPrice::inputPicoUsd, "Tokens of the prompt that no cache served.");

  private static final Key<ModelPrice, Long> CACHED_INPUT =
      Key.optional(
          "cached_input",
          price(),
          "input",
          entry -> Optional.of(entry.cachedInputPicoUsd()),
          "Tokens of the prompt that came from a cache.");

  private static final Key<ModelPrice, Long> CACHE_WRITE =
      Key.optional(
          "cache_write",
          price(),
          "input",
          entry -> Optional.of(entry.cacheWritePicoUsd()),
          "Tokens of the prompt that were written to a cache.");

  private static final Key<ModelPrice, Long> OUTPUT =
      Key.required("output", price(), ModelPrice::outputPicoUsd, "Tokens of the output.");

  private static final Key<ModelPrice, Long> REASONING =
      Key.optional(
          "reasoning",
          price(),
          "output",
          entry -> Optional.of(entry.reasoningPicoUsd()),
          "Tokens of the output that are reasoning.");

  private static final Key<ModelPrice, Long> MAX_INPUT_TOKENS =
      Key.optional(
          "max_input_tokens",
          Types.whole(1, MOST_TOKENS),
          "prompts of any length",
          entry -> entry.maxInputTokens().stream().boxed().findFirst(),
          "The longest prompt that the prices hold for; a longer one has no price.");

  private static final Key<ModelPrice, URI> SOURCE =
      Key.required(
          "source",
          Types.page("the https address of the page with the price"),
          ModelPrice::source,
          "The page that the price was read from.");

  private static final Key<ModelPrice, LocalDate> DATE =
      Key.required("date", Types.date(), ModelPrice::date, "The day on which it was read.");

  private static final Section<ModelPrice> ENTRY =
      new Section<>(
          List.of(
              PROVIDER,
              MODEL,
              INPUT,
              CACHED_INPUT,
              CACHE_WRITE,
              OUTPUT,
              REASONING,
              MAX_INPUT_TOKENS,
              SOURCE,
              DATE),
          PriceSchema::entry);

  private static final Key<PriceFile, LocalDate> FILE_DATE =
      Key.required("date", Types.date(), PriceFile::date, "The date of the file as a whole.");

  private static final Key<PriceFile, String> CURRENCY =
      Key.required(
          "currency",
          Types.text("USD: no other is known", "USD"::equals, text -> text),
          file -> "USD",
          "The currency of all prices, which are for a million tokens.");

  private static final Key<PriceFile, List<ModelPrice>> ENTRIES =
      Key.required(
          "prices", new ListType<>(ENTRY, MOST_ENTRIES), PriceFile::entries, "The prices.");

  static final Section<PriceFile> SECTION =
      new Section<>(List.of(FILE_DATE, CURRENCY, ENTRIES), PriceSchema::file);

  private PriceSchema() {}

  /** A value of the configuration that names a price file; the manifest has its name alone. */
  static ValueType<PriceFile> namedFile() {
    return SectionFile.named("price file", PriceFile::load, PriceFile::name);
  }

  private static ValueType<Long> price() {
    return new ScalarType<>(
        "a price in USD for a million tokens: less than 1000000, with at most 6 decimals",
        Set.of(Tag.INT, Tag.FLOAT),
        (text, reading) ->
            PRICE.matcher(text).matches()
                ? Optional.of(new BigDecimal(text).movePointRight(PICO_PLACES).longValueExact())
                : Optional.empty(),
        picoUsd -> BigDecimal.valueOf(picoUsd, PICO_PLACES));
  }

  private static boolean isModel(final String text) {
    final int star = text.indexOf('*');
    return TextRules.isName(text) && (star < 0 || star == text.length() - 1);
  }

  private static Optional<ModelPrice> entry(final Values values) {
    final long input = values.get(INPUT);
    final long output = values.get(OUTPUT);
    return Optional.of(
        new ModelPrice(
            values.get(PROVIDER),
            values.get(MODEL),
            input,
            values.find(CACHED_INPUT).orElse(input),
            values.find(CACHE_WRITE).orElse(input),
            output,
            values.find(REASONING).orElse(output),
            values.find(MAX_INPUT_TOKENS).map(OptionalLong::of).orElseGet(OptionalLong::empty),
            values.get(SOURCE),
            values.get(DATE)));
  }

  private static Optional<PriceFile> file(final Values values) {
    final List<ModelPrice> entries = values.get(ENTRIES);
    final List<Node> places = ((SequenceNode) values.place(ENTRIES)).getValue();
    final Map<List<String>, Node> firstPlaces = new HashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      for (final String provider : entries.get(i).providers()) {
        final String model = entries.get(i).model();
        final Node first = firstPlaces.putIfAbsent(List.of(provider, model), places.get(i));
        if (first != null) {
          values.problem(
              places.get(i),
              provider
                  + "'s "
                  + Shown.text(model)
                  + " has a price already, "
                  + Shown.place(first)
                  + ": take one of the two out");
        }
      }
    }
    return Optional.of(new PriceFile("", values.get(FILE_DATE), entries));
  }
}
