package dev.latencylens.harness.config;

import dev.latencylens.harness.secret.KeyLocation;
import java.util.List;

/** The value of a header that a target's requests have. */
public sealed interface HeaderValue {

  /**
   * A value that is no secret, and stands in the manifest.
   *
   * @param text printable ASCII
   */
  record Literal(String text) implements HeaderValue {}

  /**
   * A secret.
   *
   * @param places where it is, in the order in which they are tried: at least one
   */
  record Secret(List<KeyLocation> places) implements HeaderValue {
    /** Copies the list. */
    public Secret {
      places = List.copyOf(places);
    }
  }
}
