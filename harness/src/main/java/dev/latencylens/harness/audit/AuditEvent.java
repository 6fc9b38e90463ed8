package dev.latencylens.harness.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One event of the audit log: a kind, a moment, and fields out of a closed set. Values are names,
 * words and counts of this suite and its configuration. What does not look like one is not refused
 * but made harmless, as an audit log must hold on to what happened: characters that a field does
 * not take become {@code _}, and long values are cut. Immutable; each method gives a copy.
 */
public final class AuditEvent {
  /** The kinds of events; the set is closed. */
  public enum Kind {
    /** A run began. */
    RUN_START,
    /** A run is over. */
    RUN_END,
    /** A key was used for the first time. */
    AUTHENTICATION,
    /** A stream was started, however it ended. */
    API_CALL,
    /** A stream did not end well; the status says how. */
    ERROR,
    /** A service refused a stream because of its rate limits. */
    RATE_LIMITED,
    /** A limit of the configuration was reached, such as a budget. */
    LIMIT_REACHED,
    /** A stream or a run was not begun, as a limit or the configuration forbids it. */
    REFUSED,
    /** The configuration is not that of the last run of the same name. */
    CONFIG_CHANGED,
    /** Data were erased. */
    ERASE,
    /** A run was exported. */
    EXPORT,
    /** Tables were published. */
    PUBLISH;

    /**
     * The name that stands in the log.
     *
     * @return the name in lower case with underscores, such as {@code api_call}
     */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is counted when data are erased, exported or published. */
  public enum Count {
    /** Streams. */
    STREAMS,
    /** Cells. */
    CELLS,
    /** Files. */
    FILES,
    /** Bytes. */
    BYTES;

    /**
     * The name that stands in the log.
     *
     * @return such as {@code streams}
     */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int MOST_NAMES = 100;

  private final Kind kind;
  private final Map<String, Object> fields;

  private AuditEvent(final Kind kind, final Map<String, Object> fields) {
    this.kind = kind;
    this.fields = fields;
  }

  /**
   * An event that happens now.
   *
   * @param kind what happened
   * @return an event with {@code timestamp} and {@code event} alone
   */
  public static AuditEvent of(final Kind kind) {
    return of(kind, Instant.now());
  }

  /**
   * An event.
   *
   * @param kind what happened
   * @param timestamp when; the log has it in milliseconds
   * @return an event with {@code timestamp} and {@code event} alone
   */
  public static AuditEvent of(final Kind kind, final Instant timestamp) {
    final Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("timestamp", TIMESTAMP.format(timestamp));
    fields.put("event", kind.wireName());
    return new AuditEvent(kind, Collections.unmodifiableMap(fields));
  }

  /**
   * What happened.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * The fields by the names that stand in the log.
   *
   * @return values that are a {@link String}, a {@link Long} or a list of strings; in the order in
   *     which they were set
   */
  public Map<String, Object> fields() {
    return fields;
  }

  /**
   * Says whose service it was.
   *
   * @param id the provider's id, such as {@code openai}
   * @return a copy with {@code provider}
   */
  public AuditEvent provider(final String id) {
    return with("provider", FieldText.label(id, 64));
  }

  /**
   * Says which model was asked.
   *
   * @param id the model id of the configuration; never the one that a service answers with
   * @return a copy with {@code model}
   */
  public AuditEvent model(final String id) {
    return with("model", FieldText.label(id, 256));
  }

  /**
   * Says how it ended.
   *
   * @param word an outcome's wire name, {@code success}, {@code failure} or another word of this
   *     suite; never a server's
   * @return a copy with {@code status}
   */
  public AuditEvent status(final String word) {
    return with("status", FieldText.label(word, 64));
  }

  /**
   * Says how long it took.
   *
   * @param millis milliseconds; a negative value counts as 0
   * @return a copy with {@code duration_ms}
   */
  public AuditEvent durationMillis(final long millis) {
    return with("duration_ms", Math.max(0, millis));
  }

  /**
   * Says which request it was.
   *
   * @param id the request's id within the run; never the one that a service's headers gave it
   * @return a copy with {@code request_id}
   */
  public AuditEvent requestId(final String id) {
    return with("request_id", FieldText.label(id, 128));
  }

  /**
   * Says whose request it was.
   *
   * @param id the configured user id; the log writes a pseudonym for it
   * @return a copy with {@code user_id}
   */
  public AuditEvent userId(final String id) {
    return with("user_id", FieldText.label(id, 128));
  }

  /**
   * Says where a key was found, for {@code authentication}.
   *
   * @param inWords such as {@code the environment variable OPENAI_API_KEY}; never a value
   * @return a copy with {@code source}
   */
  public AuditEvent source(final String inWords) {
    return with("source", FieldText.words(inWords, 256));
  }

  /**
   * Says which keys of the configuration differ, for {@code config_changed}.
   *
   * @param keys their dotted paths; beyond 100 the rest is only counted
   * @return a copy with {@code changed}
   */
  public AuditEvent changed(final List<String> keys) {
    final List<String> names =
        keys.stream().limit(MOST_NAMES).map(key -> FieldText.label(key, 256)).toList();
    return with("changed", names).with("changed_keys", (long) keys.size());
  }

  /**
   * Says how much was erased, exported or published.
   *
   * @param what what was counted
   * @param number how many; a negative value counts as 0
   * @return a copy with that count
   */
  public AuditEvent count(final Count what, final long number) {
    return with(what.wireName(), Math.max(0, number));
  }

  private AuditEvent with(final String name, final Object value) {
    final Map<String, Object> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new AuditEvent(kind, Collections.unmodifiableMap(more));
  }

  /** The fields: what is logged is no secret. */
  @Override
  public String toString() {
    return fields.toString();
  }
}
