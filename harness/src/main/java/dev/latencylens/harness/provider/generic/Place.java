package dev.latencylens.harness.provider.generic;

import java.util.Locale;

/** What can stand at a place in an event. */
enum Place {
  TEXT,
  REASONING,
  TOOL_ARGUMENTS,
  FINISH_REASON,
  ERROR_TYPE,
  ID,
  MODEL,
  INPUT_TOKENS,
  CACHED_INPUT_TOKENS,
  OUTPUT_TOKENS,
  REASONING_TOKENS,
  END;

  /** The key in a configuration. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether several pointers may be given. */
  boolean takesSeveral() {
    return this == TEXT || this == REASONING || this == TOOL_ARGUMENTS || this == ERROR_TYPE;
  }

  /** Whether that a value is there says something, so that others may stand within it. */
  boolean countsByPresence() {
    return this == ERROR_TYPE || this == END;
  }
}
