package dev.latencylens.results.run;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Escapes what would end or start something in a page's script element: a report may carry a run's
 * JSON, and a model may be named {@code </script>}. To a JSON reader nothing changes.
 */
final class PageSafeEscapes extends CharacterEscapes {
  private static final long serialVersionUID = 1L;
  private static final int LINE_SEPARATOR = 0x2028;
  private static final int PARAGRAPH_SEPARATOR = 0x2029;

  private final int[] ascii = standardAsciiEscapesForJSON();

  PageSafeEscapes() {
    ascii['<'] = ESCAPE_CUSTOM;
    ascii['>'] = ESCAPE_CUSTOM;
    ascii['&'] = ESCAPE_CUSTOM;
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return ascii.clone();
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int character) {
    return switch (character) {
      case '<', '>', '&', LINE_SEPARATOR, PARAGRAPH_SEPARATOR ->
          new SerializedString(String.format(Locale.ROOT, "\\u%04x", character));
      default -> null;
    };
  }
}
