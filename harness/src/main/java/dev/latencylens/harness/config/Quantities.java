package dev.latencylens.harness.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as they are written in the file. */
final class Quantities {
  private static final Pattern QUANTITY =
      Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?) ?([A-Za-z]{1,3})");

  // From the largest unit to the smallest, which is the order of writing.
  private static final Map<String, Long> NANOS_BY_UNIT = new LinkedHashMap<>();
  private static final Map<String, Long> BYTES_BY_UNIT = new LinkedHashMap<>();

  static {
    NANOS_BY_UNIT.put("h", Duration.ofHours(1).toNanos());
    NANOS_BY_UNIT.put("m", Duration.ofMinutes(1).toNanos());
    NANOS_BY_UNIT.put("s", Duration.ofSeconds(1).toNanos());
    NANOS_BY_UNIT.put("ms", Duration.ofMillis(1).toNanos());
    BYTES_BY_UNIT.put("GiB", 1L << 30);
    BYTES_BY_UNIT.put("MiB", 1L << 20);
    BYTES_BY_UNIT.put("KiB", 1L << 10);
    BYTES_BY_UNIT.put("B", 1L);
  }

  private Quantities() {}

  static Optional<Duration> duration(final String text) {
    return read(text, NANOS_BY_UNIT).map(Duration::ofNanos);
  }

  static Optional<Long> bytes(final String text) {
    return read(text, BYTES_BY_UNIT);
  }

  static String format(final Duration duration) {
    return write(duration.toNanos(), NANOS_BY_UNIT, "ms");
  }

  static String formatBytes(final long bytes) {
    return write(bytes, BYTES_BY_UNIT, "B");
  }

  private static Optional<Long> read(final String text, final Map<String, Long> units) {
    final Matcher matcher = QUANTITY.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    final Long unit = units.get(matcher.group(2));
    if (unit == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)).longValueExact());
    } catch (final ArithmeticException tooLargeOrFine) {
      return Optional.empty();
    }
  }

  /** In the largest unit that takes it without a fraction. */
  private static String write(
      final long amount, final Map<String, Long> units, final String smallest) {
    for (final Map.Entry<String, Long> unit : units.entrySet()) {
      if (amount % unit.getValue() == 0) {
        return amount / unit.getValue() + unit.getKey();
      }
    }
    return BigDecimal.valueOf(amount)
            .divide(BigDecimal.valueOf(units.getOrDefault(smallest, 1L)))
            .toPlainString()
        + smallest;
  }
}
