package dev.latencylens.harness.config;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A number of tokens, or a mapping with the least and the most of them.
 *
 * @param least the least that is allowed
 * @param most the most that is allowed
 */
record TokenRangeType(int least, int most) implements ValueType<TokenRange> {

  @Override
  public Optional<TokenRange> read(final String key, final Node node, final Reading reading) {
    if (node instanceof MappingNode) {
      return section().read(key, node, reading);
    }
    return Types.whole(least, most)
        .read(key, node, reading)
        .map(Math::toIntExact)
        .map(tokens -> new TokenRange(tokens, tokens));
  }

  private Section<TokenRange> section() {
    final Key<TokenRange, Long> min =
        Key.required(
            "min", Types.whole(least, most), range -> (long) range.min(), "The least tokens.");
    final Key<TokenRange, Long> max =
        Key.required(
            "max", Types.whole(least, most), range -> (long) range.max(), "The most tokens.");
    return new Section<>(
        List.of(min, max),
        values -> {
          if (values.get(min) > values.get(max)) {
            values.problem(max, "max must not be below min, which is " + values.get(min));
            return Optional.empty();
          }
          return Optional.of(
              new TokenRange(Math.toIntExact(values.get(min)), Math.toIntExact(values.get(max))));
        });
  }

  @Override
  public Object plain(final TokenRange range) {
    return range.min() == range.max() ? (Object) (long) range.min() : section().plain(range);
  }

  @Override
  public String form() {
    return Types.whole(least, most).form() + ", or a mapping with min and max";
  }
}
