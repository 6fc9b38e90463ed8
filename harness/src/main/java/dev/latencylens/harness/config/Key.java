package dev.latencylens.harness.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * One key of the file, declared once: it is read, checked, defaulted, documented and written to the
 * manifest from here.
 *
 * @param <R> the record of its section
 * @param <T> the value
 * @param name as it stands in the file
 * @param type what may stand behind it
 * @param required whether leaving it out is an error
 * @param fallback what holds if it is left out
 * @param absent in words what holds if it is left out and there is no fixed default; else empty
 * @param of the value in a finished record
 * @param description one sentence
 */
record Key<R, T>(
    String name,
    ValueType<T> type,
    boolean required,
    Optional<T> fallback,
    String absent,
    Function<R, Optional<T>> of,
    String description) {

  static <R, T> Key<R, T> required(
      final String name,
      final ValueType<T> type,
      final Function<R, T> of,
      final String description) {
    return new Key<>(name, type, true, Optional.empty(), "", of.andThen(Optional::of), description);
  }

  static <R, T> Key<R, T> withDefault(
      final String name,
      final ValueType<T> type,
      final T fallback,
      final Function<R, T> of,
      final String description) {
    return new Key<>(
        name, type, false, Optional.of(fallback), "", of.andThen(Optional::of), description);
  }

  static <R, T> Key<R, T> optional(
      final String name,
      final ValueType<T> type,
      final String absent,
      final Function<R, Optional<T>> of,
      final String description) {
    return new Key<>(name, type, false, Optional.empty(), absent, of, description);
  }

  /** The value in a finished record, as it stands in the manifest. */
  Optional<Object> plain(final R section) {
    return of.apply(section).map(type::plain);
  }
}
