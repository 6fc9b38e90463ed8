package dev.latencylens.harness.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Where a key is found: {@code { env: NAME }} or {@code none}. */
final class KeyReferenceType implements ValueType<KeyReference> {
  private static final String NONE = "none";

  /** Capitals only, which is what people use for keys, and what hardly any key consists of. */
  private static final Pattern VARIABLE = Pattern.compile("[A-Z_][A-Z0-9_]{0,63}");

  private static final Key<KeyReference.Environment, String> ENV =
      Key.required(
          "env",
          new ScalarType<>(
              "the name of an environment variable in capitals, such as OPENAI_API_KEY",
              Set.of(Tag.STR),
              (text, reading) -> {
                if (!VARIABLE.matcher(text).matches()) {
                  throw new IllegalArgumentException(
                      "must be the name of an environment variable in capitals, such as"
                          + " OPENAI_API_KEY, and never the key itself");
                }
                return Optional.of(text);
              },
              text -> text),
          KeyReference.Environment::variable,
          "The environment variable that holds the key.");

  static final Section<KeyReference.Environment> SECTION =
      new Section<>(
          List.of(ENV), values -> Optional.of(new KeyReference.Environment(values.get(ENV))));

  @Override
  public Optional<KeyReference> read(final String key, final Node node, final Reading reading) {
    if (node instanceof MappingNode) {
      return SECTION.read(key, node, reading).map(reference -> reference);
    }
    if (node instanceof ScalarNode scalar && scalar.getValue().equals(NONE)) {
      return Optional.of(new KeyReference.None());
    }
    LiteralKeys.refuseValue(node, reading.problems());
    return Optional.empty();
  }

  @Override
  public Object plain(final KeyReference reference) {
    return reference instanceof KeyReference.Environment environment
        ? SECTION.plain(environment)
        : NONE;
  }

  @Override
  public String form() {
    return "{ env: NAME } with the name of an environment variable, or none";
  }
}
