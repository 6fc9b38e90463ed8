package dev.latencylens.harness.transport;

import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.stream.StreamAttribute;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;

/**
 * What is kept of a response's headers: the service's id of the request, what it says of its rate
 * limits, with its date, which those may count from, and what its API reads. Values come from
 * outside and are cut and cleaned.
 *
 * @param requestId the service's id of the request
 * @param rateLimits headers about rate limits, and where there are any {@code date}, by their names
 *     in lower case
 * @param attributes what the API read
 */
record ResponseHead(
    Optional<String> requestId,
    Map<String, String> rateLimits,
    Map<StreamAttribute, String> attributes) {

  private static final int MAX_CHARACTERS = 128;
  private static final int MAX_RATE_LIMITS = 24;

  private static final List<String> PAUSES = List.of("retry-after", "retry-after-ms");

  /** What limits that name a time of day count from: the clocks may differ. */
  private static final String DATE = "date";

  static final ResponseHead NONE = new ResponseHead(Optional.empty(), Map.of(), Map.of());

  static ResponseHead of(final HttpResponse response, final StreamApi api) {
    final Map<StreamAttribute, String> attributes = new EnumMap<>(StreamAttribute.class);
    api.readHeaders(
        name -> first(response, name),
        (attribute, value) -> attributes.putIfAbsent(attribute, clean(value)));
    return new ResponseHead(
        api.requestIdHeaders().stream()
            .flatMap(name -> first(response, name).stream())
            .findFirst()
            .map(ResponseHead::clean),
        rateLimits(response),
        attributes);
  }

  /** The same with secrets taken out of all values. */
  ResponseHead redacted(final UnaryOperator<String> redaction) {
    final Map<String, String> limits = new TreeMap<>();
    rateLimits.forEach((name, value) -> limits.put(redaction.apply(name), redaction.apply(value)));
    final Map<StreamAttribute, String> labels = new EnumMap<>(StreamAttribute.class);
    attributes.forEach((attribute, value) -> labels.put(attribute, redaction.apply(value)));
    return new ResponseHead(requestId.map(redaction), limits, labels);
  }

  private static Map<String, String> rateLimits(final HttpResponse response) {
    final Map<String, String> limits = new TreeMap<>();
    // First, so that no number of other headers keeps them out.
    PAUSES.forEach(
        name -> first(response, name).ifPresent(value -> limits.put(name, clean(value))));
    for (final Header header : response.getHeaders()) {
      final String name = header.getName().toLowerCase(Locale.ROOT);
      final boolean telling = name.contains("ratelimit") || name.contains("rate-limit");
      // One place is the date's.
      if (telling && header.getValue() != null && limits.size() < MAX_RATE_LIMITS - 1) {
        limits.putIfAbsent(clean(name), clean(header.getValue()));
      }
    }
    if (!limits.isEmpty()) {
      first(response, DATE).ifPresent(value -> limits.put(DATE, clean(value)));
    }
    return limits;
  }

  static Optional<String> first(final HttpResponse response, final String name) {
    final Header header = response.getFirstHeader(name);
    return header == null
        ? Optional.empty()
        : Optional.ofNullable(header.getValue()).filter(value -> !value.isBlank());
  }

  private static String clean(final String value) {
    final StringBuilder clean = new StringBuilder();
    value
        .codePoints()
        .limit(MAX_CHARACTERS)
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
