package dev.latencylens.harness.limit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads how long a service wants to be left alone. Headers are given by their names in lower case,
 * as in {@link dev.latencylens.harness.stream.StreamRecord#rateLimits()}; what can't be read is as
 * if it were not there, as it comes from outside.
 *
 * <ul>
 *   <li>{@code retry-after}: seconds or an HTTP date (RFC 9110, 10.2.3 and 5.6.7), and {@code
 *       retry-after-ms} of OpenAI on Azure, which is finer;
 *   <li>{@code x-ratelimit-reset-requests}, {@code -tokens}: time until the limit is back at its
 *       initial state, as {@code 1s}, {@code 6m0s} or {@code 12ms} of OpenAI and those who speak
 *       like it, or plain seconds of Azure; with {@code x-ratelimit-remaining-…};
 *   <li>{@code anthropic-ratelimit-requests-reset}, {@code -tokens-}, {@code -input-tokens-},
 *       {@code -output-tokens-}: when the limit is replenished, as RFC 3339; with {@code
 *       …-remaining}.
 * </ul>
 */
public final class RetryAfter {
  private static final String OPENAI_RESET = "x-ratelimit-reset-";
  private static final String OPENAI_REMAINING = "x-ratelimit-remaining-";
  private static final String ANTHROPIC = "anthropic-ratelimit-";
  private static final String RESET = "-reset";
  private static final String REMAINING = "-remaining";

  /** Also keeps arithmetic small. */
  private static final int MOST_CHARACTERS = 40;

  private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);
  private static final BigDecimal NANOS_PER_MILLI = BigDecimal.valueOf(1_000_000L);

  /** Two digits of a year that would be over 50 years ahead are past (RFC 9110, 5.6.7). */
  private static final int YEARS_BACK = 50;

  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Map<String, String> headers;
  private final Instant now;

  private RetryAfter(final Map<String, String> headers, final Instant now) {
    this.headers = headers;
    this.now = now;
  }

  /**
   * How long to pause after a refusal (429 or 503): what {@code retry-after} says, else the longest
   * reset of a limit that is used up, else the longest reset of all.
   *
   * @param headers by their names in lower case
   * @param now the wall clock at the response; a {@code date} header among the others is taken
   *     instead, so that no difference of clocks counts
   * @param most the longest pause
   * @return from 0 to the longest pause; empty if the service said nothing
   */
  public static Optional<Duration> ofRefusal(
      final Map<String, String> headers, final Instant now, final Duration most) {
    final RetryAfter reader = at(headers, now);
    return reader
        .retryAfter()
        .or(() -> reader.longestReset(true))
        .or(() -> reader.longestReset(false))
        .map(pause -> bounded(pause, most));
  }

  /**
   * How long to pause after an answer that used up a limit: the next request would be refused.
   *
   * @param headers by their names in lower case
   * @param now as in {@link #ofRefusal}
   * @param most the longest pause
   * @return from 0 to the longest pause; empty if no limit is said to be used up
   */
  public static Optional<Duration> ofUsedUpLimit(
      final Map<String, String> headers, final Instant now, final Duration most) {
    return at(headers, now).longestReset(true).map(pause -> bounded(pause, most));
  }

  private static RetryAfter at(final Map<String, String> headers, final Instant now) {
    final RetryAfter reader = new RetryAfter(headers, now);
    return new RetryAfter(headers, reader.header("date").flatMap(reader::httpDate).orElse(now));
  }

  private static Duration bounded(final Duration pause, final Duration most) {
    if (pause.isNegative()) {
      return Duration.ZERO;
    }
    return pause.compareTo(most) > 0 ? most : pause;
  }

  private Optional<String> header(final String name) {
    return Optional.ofNullable(headers.get(name)).map(String::trim);
  }

  private Optional<Duration> retryAfter() {
    return header("retry-after-ms")
        .flatMap(text -> number(text, NANOS_PER_MILLI))
        .or(() -> header("retry-after").flatMap(text -> number(text, NANOS_PER_SECOND)))
        .or(() -> header("retry-after").flatMap(this::httpDate).map(this::untilThen));
  }

  private Optional<Duration> longestReset(final boolean ofUsedUpLimits) {
    final List<Duration> resets = new ArrayList<>();
    for (final String name : headers.keySet()) {
      final Optional<String> remaining;
      if (name.startsWith(OPENAI_RESET)) {
        remaining = header(OPENAI_REMAINING + name.substring(OPENAI_RESET.length()));
      } else if (name.startsWith(ANTHROPIC) && name.endsWith(RESET)) {
        remaining = header(name.substring(0, name.length() - RESET.length()) + REMAINING);
      } else {
        continue;
      }
      if (!ofUsedUpLimits || remaining.filter("0"::equals).isPresent()) {
        header(name).flatMap(this::reset).ifPresent(resets::add);
      }
    }
    return resets.stream().max(Duration::compareTo);
  }

  private Optional<Duration> reset(final String text) {
    return number(text, NANOS_PER_SECOND)
        .or(() -> units(text))
        .or(() -> rfc3339(text).map(this::untilThen));
  }

  private Duration untilThen(final Instant then) {
    return Duration.between(now, then);
  }

  /** A number from 0, of some unit; what is beyond all bounds is as long as can be said. */
  private static Optional<Duration> number(final String text, final BigDecimal nanosPerUnit) {
    final boolean plain =
        !text.isEmpty() && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.');
    if (!plain || text.length() > MOST_CHARACTERS) {
      return Optional.empty();
    }
    try {
      final BigDecimal nanos =
          new BigDecimal(text).multiply(nanosPerUnit).setScale(0, RoundingMode.CEILING);
      return Optional.of(
          Duration.ofNanos(nanos.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact()));
    } catch (final NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Numbers with units one after another, as Go writes durations. */
  private static Optional<Duration> units(final String text) {
    Duration sum = Duration.ZERO;
    int at = 0;
    while (at < text.length() && text.length() <= MOST_CHARACTERS) {
      final int number = at;
      at = skip(text, at, false);
      final int unit = at;
      at = skip(text, at, true);
      final Optional<Duration> part =
          nanosPer(text.substring(unit, at))
              .flatMap(nanos -> number(text.substring(number, unit), nanos));
      if (part.isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(part.get());
    }
    return at == 0 || at < text.length() ? Optional.empty() : Optional.of(sum);
  }

  private static int skip(final String text, final int from, final boolean letters) {
    int at = from;
    while (at < text.length() && Character.isLetter(text.charAt(at)) == letters) {
      at++;
    }
    return at;
  }

  private static Optional<BigDecimal> nanosPer(final String unit) {
    return switch (unit) {
      case "h" -> Optional.of(NANOS_PER_SECOND.multiply(BigDecimal.valueOf(3600)));
      case "m" -> Optional.of(NANOS_PER_SECOND.multiply(BigDecimal.valueOf(60)));
      case "s" -> Optional.of(NANOS_PER_SECOND);
      case "ms" -> Optional.of(NANOS_PER_MILLI);
      case "us", "µs", "μs" -> Optional.of(BigDecimal.valueOf(1_000));
      case "ns" -> Optional.of(BigDecimal.ONE);
      default -> Optional.empty();
    };
  }

  private static Optional<Instant> rfc3339(final String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (final DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The three forms that RFC 9110, 5.6.7 has recipients accept. */
  private Optional<Instant> httpDate(final String text) {
    final DateTimeFormatter rfc850 =
        new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(
                ChronoField.YEAR, 2, 2, now.atZone(ZoneOffset.UTC).getYear() - YEARS_BACK + 1)
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    for (final DateTimeFormatter form :
        List.of(DateTimeFormatter.RFC_1123_DATE_TIME, rfc850, ASCTIME)) {
      try {
        return Optional.of(ZonedDateTime.parse(text, form).toInstant());
      } catch (final DateTimeParseException e) {
        // The next form.
      }
    }
    return Optional.empty();
  }
}
