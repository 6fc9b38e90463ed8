package dev.latencylens.harness.config;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A single value. One that holds a key is refused: values stand in the manifest.
 *
 * @param <T> what it is read to
 * @param form what is allowed, to go on after "must be"
 * @param tags the YAML types that it may have
 * @param parser reads the text
 * @param plainly the value as it stands in the manifest
 * @param secretive whether the manifest says so little of it that keys may be talked about in it
 */
record ScalarType<T>(
    String form, Set<Tag> tags, Parser<T> parser, Function<? super T, ?> plainly, boolean secretive)
    implements ValueType<T> {

  ScalarType(
      final String form,
      final Set<Tag> tags,
      final Parser<T> parser,
      final Function<? super T, ?> plainly) {
    this(form, tags, parser, plainly, false);
  }

  /** Reads the text of a value. */
  @FunctionalInterface
  interface Parser<T> {
    /**
     * Reads a text.
     *
     * @return empty if the text is not of the form
     * @throws IllegalArgumentException if there is more to say than the form; the message goes on
     *     after the key's name and does not repeat the text unless that is harmless
     */
    Optional<T> parse(String text, Reading reading);
  }

  @Override
  public Optional<T> read(final String key, final Node node, final Reading reading) {
    if (!(node instanceof ScalarNode scalar)) {
      reading.problems().add(node, Shown.mismatch(key, form, node));
      return Optional.empty();
    }
    if (!tags.contains(scalar.getTag())) {
      final boolean unquoted = tags.equals(Set.of(Tag.STR)) && !Tag.NULL.equals(scalar.getTag());
      reading
          .problems()
          .add(
              node,
              Shown.mismatch(key, form, node) + (unquoted ? " (text needs quotes here)" : ""));
      return Optional.empty();
    }
    if (!secretive && Shown.holdsKey(scalar.getValue())) {
      LiteralKeys.refuseValue(node, reading.problems());
      return Optional.empty();
    }
    try {
      final Optional<T> value = parser.parse(scalar.getValue(), reading);
      if (value.isEmpty()) {
        reading.problems().add(node, Shown.mismatch(key, form, node));
      }
      return value;
    } catch (final IllegalArgumentException wrong) {
      reading.problems().add(node, key + " " + wrong.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public Object plain(final T value) {
    return plainly.apply(value);
  }
}
