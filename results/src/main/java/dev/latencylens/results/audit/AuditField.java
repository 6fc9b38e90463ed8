package dev.latencylens.results.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The fields of an audit line besides its moment and its event, in the order of the line. */
public enum AuditField {
  /** The provider's id. */
  PROVIDER(Type.TEXT),
  /** The model id that was asked for. */
  MODEL(Type.TEXT),
  /** How it ended, in a word of this suite. */
  STATUS(Type.TEXT),
  /** How long it took, in milliseconds. */
  DURATION_MS(Type.NUMBER),
  /** The request's id within the run. */
  REQUEST_ID(Type.TEXT),
  /** Whose request it was: a pseudonym, as a chained line can't be changed later. */
  USER_ID(Type.TEXT),
  /** Where a key was found, in words. */
  SOURCE(Type.TEXT),
  /** Which keys of the configuration differ: names, never values. */
  CHANGED(Type.NAMES),
  /** How many keys of the configuration differ. */
  CHANGED_KEYS(Type.NUMBER),
  /** How many streams were erased, exported or published. */
  STREAMS(Type.NUMBER),
  /** How many cells. */
  CELLS(Type.NUMBER),
  /** How many files. */
  FILES(Type.NUMBER),
  /** How many bytes. */
  BYTES(Type.NUMBER);

  /** What a field holds. */
  enum Type {
    /** One text. */
    TEXT,
    /** A whole number. */
    NUMBER,
    /** A list of texts. */
    NAMES
  }

  private final Type type;

  AuditField(Type type) {
    this.type = type;
  }

  /**
   * The name that stands in the file.
   *
   * @return such as {@code duration_ms}
   */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  Type type() {
    return type;
  }

  /**
   * Finds a field.
   *
   * @param wireName a name as it stands in the file
   * @return the field, or empty if the format has none of that name
   */
  public static Optional<AuditField> of(String wireName) {
    return Arrays.stream(values()).filter(field -> field.wireName().equals(wireName)).findFirst();
  }
}
