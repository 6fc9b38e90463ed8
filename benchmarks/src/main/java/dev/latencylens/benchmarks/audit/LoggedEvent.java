package dev.latencylens.benchmarks.audit;

import dev.latencylens.harness.secret.Redactor;
import dev.latencylens.results.audit.AuditEntry;
import dev.latencylens.results.audit.AuditField;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.KeyValuePair;

/**
 * An audit event as it was logged. A pair that the format does not know, or whose value is of
 * another type, is left out; texts lose whatever the redactor takes for a key.
 *
 * @param entry all fields but the user
 * @param userId whose event it is; the line will have a pseudonym
 */
record LoggedEvent(AuditEntry entry, Optional<String> userId) {
  private static final String TIMESTAMP = "timestamp";
  private static final String EVENT = "event";

  /** Reads an event; empty if it is none, as somebody else logged to that name. */
  static Optional<LoggedEvent> of(final List<KeyValuePair> pairs) {
    AuditEntry entry;
    try {
      entry = AuditEntry.of(Instant.parse(text(pairs, TIMESTAMP)), text(pairs, EVENT));
    } catch (final DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
    Optional<String> userId = Optional.empty();
    for (final KeyValuePair pair : pairs) {
      final Optional<AuditField> field = AuditField.of(pair.key);
      if (field.isPresent() && field.get() == AuditField.USER_ID) {
        userId = Optional.of(String.valueOf(pair.value));
      } else if (field.isPresent()) {
        entry = with(entry, field.get(), pair.value);
      }
    }
    return Optional.of(new LoggedEvent(entry, userId));
  }

  private static AuditEntry with(
      final AuditEntry entry, final AuditField field, final Object value) {
    try {
      if (value instanceof Number number) {
        return entry.with(field, number.longValue());
      }
      return value instanceof List<?> names
          ? entry.with(field, names.stream().map(LoggedEvent::redacted).toList())
          : entry.with(field, redacted(value));
    } catch (final IllegalArgumentException e) {
      return entry;
    }
  }

  private static String redacted(final Object value) {
    return Redactor.redact(String.valueOf(value));
  }

  private static String text(final List<KeyValuePair> pairs, final String key) {
    return pairs.stream()
        .filter(pair -> pair.key.equals(key))
        .map(pair -> String.valueOf(pair.value))
        .findFirst()
        .orElse("");
  }
}
