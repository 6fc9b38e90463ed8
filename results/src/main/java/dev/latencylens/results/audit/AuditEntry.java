package dev.latencylens.results.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What one audit line says, before it has its place in the chain. Texts are cut at {@value
 * #LONGEST_TEXT} characters and lists at {@value #MOST_NAMES} names, so that no line outgrows what
 * a reader takes. Immutable; each method gives a copy.
 */
public final class AuditEntry {
  static final int LONGEST_TEXT = 256;
  static final int MOST_NAMES = 100;
  static final String TIMESTAMP = "timestamp";
  static final String EVENT = "event";

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern EVENT_NAME = Pattern.compile("[a-z][a-z_]{0,31}");

  private final Instant timestamp;
  private final String event;
  private final Map<AuditField, Object> values;

  private AuditEntry(Instant timestamp, String event, Map<AuditField, Object> values) {
    this.timestamp = timestamp;
    this.event = event;
    this.values = values;
  }

  /**
   * An event.
   *
   * @param timestamp when it happened; the line has it in UTC and milliseconds
   * @param event its name, such as {@code erase}: lower-case letters and underscores, at most 32
   * @return an entry without fields
   * @throws IllegalArgumentException if it is no such name
   */
  public static AuditEntry of(Instant timestamp, String event) {
    if (!EVENT_NAME.matcher(event).matches()) {
      throw new IllegalArgumentException(
          "an audit event is named by at most 32 lower-case letters and underscores");
    }
    return new AuditEntry(timestamp, event, Map.of());
  }

  /**
   * An event that happens now.
   *
   * @param event its name
   * @return an entry without fields
   * @throws IllegalArgumentException if it is no such name
   */
  public static AuditEntry now(String event) {
    return of(Instant.now(), event);
  }

  /**
   * Sets a field that holds a text.
   *
   * @param field the field
   * @param text a name or words of this suite
   * @return a copy
   * @throws IllegalArgumentException if the field holds something else
   */
  public AuditEntry with(AuditField field, String text) {
    return with(field, AuditField.Type.TEXT, cut(text));
  }

  /**
   * Sets a field that holds a number.
   *
   * @param field the field
   * @param number the number
   * @return a copy
   * @throws IllegalArgumentException if the field holds something else
   */
  public AuditEntry with(AuditField field, long number) {
    return with(field, AuditField.Type.NUMBER, number);
  }

  /**
   * Sets a field that holds a list.
   *
   * @param field the field
   * @param names the names
   * @return a copy
   * @throws IllegalArgumentException if the field holds something else
   */
  public AuditEntry with(AuditField field, List<String> names) {
    return with(
        field,
        AuditField.Type.NAMES,
        names.stream().limit(MOST_NAMES).map(AuditEntry::cut).toList());
  }

  private AuditEntry with(AuditField field, AuditField.Type type, Object value) {
    if (field.type() != type) {
      throw new IllegalArgumentException(
          "the audit field " + field.wireName() + " does not hold a " + type);
    }
    Map<AuditField, Object> more = new EnumMap<>(AuditField.class);
    more.putAll(values);
    more.put(field, value);
    return new AuditEntry(timestamp, event, more);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
  }

  static String inMillis(Instant moment) {
    return MILLIS.format(moment);
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put(TIMESTAMP, inMillis(timestamp));
    json.put(EVENT, event);
    values.forEach(
        (field, value) -> {
          if (value instanceof Long number) {
            json.put(field.wireName(), number);
          } else if (value instanceof List<?> names) {
            ArrayNode array = json.putArray(field.wireName());
            names.forEach(name -> array.add(name.toString()));
          } else {
            json.put(field.wireName(), value.toString());
          }
        });
    return json;
  }
}
