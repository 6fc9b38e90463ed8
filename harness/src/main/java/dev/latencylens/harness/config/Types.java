package dev.latencylens.harness.config;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The types of single values. */
final class Types {
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,19}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]{1,19}(\\.[0-9]{0,19})?|\\.[0-9]{1,19})([eE][+-]?[0-9]{1,3})?");

  private static final Pattern ISO_DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  private Types() {}

  static ValueType<Long> whole(final long least, final long most) {
    return new ScalarType<>(
        "a whole number from " + least + " to " + most,
        Set.of(Tag.INT),
        (text, reading) -> wholeNumber(text).filter(value -> value >= least && value <= most),
        value -> value);
  }

  /** A whole number of any size that a long can hold. */
  static ValueType<Long> anyWhole() {
    return new ScalarType<>(
        "a whole number of at most 64 bits",
        Set.of(Tag.INT),
        (text, reading) -> wholeNumber(text),
        value -> value);
  }

  private static Optional<Long> wholeNumber(final String text) {
    if (!WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (final NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  static ValueType<Double> decimal(final double least, final double most) {
    return new ScalarType<>(
        "a number from "
            + new BigDecimal(Double.toString(least)).stripTrailingZeros().toPlainString()
            + " to "
            + new BigDecimal(Double.toString(most)).stripTrailingZeros().toPlainString(),
        Set.of(Tag.INT, Tag.FLOAT),
        (text, reading) ->
            DECIMAL.matcher(text).matches()
                ? Optional.of(Double.parseDouble(text))
                    .filter(value -> value >= least && value <= most)
                : Optional.empty(),
        value -> value);
  }

  static ValueType<String> text(
      final String form, final Predicate<String> allowed, final Function<String, ?> plainly) {
    return new ScalarType<>(
        form, Set.of(Tag.STR), (text, reading) -> Optional.of(text).filter(allowed), plainly);
  }

  static ValueType<Duration> duration(final Duration least, final Duration most) {
    return new ScalarType<>(
        "a duration such as 5s, 500ms or 2m, from "
            + Quantities.format(least)
            + " to "
            + Quantities.format(most),
        // A bare number is let in to be told that it needs a unit.
        Set.of(Tag.STR, Tag.INT, Tag.FLOAT),
        (text, reading) ->
            Quantities.duration(text)
                .filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0),
        Quantities::format);
  }

  static ValueType<Long> size(final long least, final long most) {
    return new ScalarType<>(
        "a size such as 64MiB (B, KiB, MiB, GiB), from "
            + Quantities.formatBytes(least)
            + " to "
            + Quantities.formatBytes(most),
        Set.of(Tag.STR, Tag.INT),
        (text, reading) -> Quantities.bytes(text).filter(value -> value >= least && value <= most),
        Quantities::formatBytes);
  }

  static ValueType<Boolean> flag() {
    return new ScalarType<>(
        "true or false",
        Set.of(Tag.BOOL),
        (text, reading) -> Optional.of(Boolean.valueOf(text)),
        value -> value);
  }

  static <E extends Enum<E>> ValueType<E> oneOf(final Class<E> choices) {
    return new ScalarType<>(
        Arrays.stream(choices.getEnumConstants())
            .map(Types::word)
            .collect(Collectors.joining(", ", "one of ", "")),
        Set.of(Tag.STR),
        (text, reading) ->
            Arrays.stream(choices.getEnumConstants())
                .filter(choice -> word(choice).equals(text))
                .findFirst(),
        Types::word);
  }

  static ValueType<LocalDate> date() {
    return new ScalarType<>(
        "a date such as 2026-11-23",
        Set.of(Tag.STR),
        (text, reading) -> {
          try {
            return ISO_DATE.matcher(text).matches()
                ? Optional.of(LocalDate.parse(text))
                : Optional.empty();
          } catch (final DateTimeParseException noSuchDay) {
            return Optional.empty();
          }
        },
        LocalDate::toString);
  }

  /** The address of a page that says where a figure or a fact comes from. */
  static ValueType<URI> page(final String form) {
    return new ScalarType<>(
        form, Set.of(Tag.STR), (text, reading) -> pageAddress(text), URI::toString);
  }

  private static Optional<URI> pageAddress(final String text) {
    try {
      final URI uri = URI.create(text);
      return Optional.of(uri)
          .filter(page -> "https".equals(page.getScheme()))
          .filter(page -> page.getHost() != null && page.getRawUserInfo() == null);
    } catch (final IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static String word(final Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
