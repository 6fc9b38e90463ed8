package dev.latencylens.harness.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Headers by name; a value is a text, or {@code { env: NAME }} where it is a secret. */
final class HeadersType implements ValueType<Map<String, HeaderValue>> {
  private static final KeyLocationType.InOrder PLACES = new KeyLocationType.InOrder();
  private static final int MOST = 32;

  /** A token of RFC 9110, section 5.6.2. */
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");

  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]{1,2048}");

  /** What the transport decides: a request would break, or be measured wrongly, without them. */
  private static final Set<String> TRANSPORT =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "accept-encoding",
          "upgrade",
          "te",
          "trailer",
          "expect",
          "content-type",
          "keep-alive",
          "proxy-connection",
          "http2-settings");

  @Override
  public Optional<Map<String, HeaderValue>> read(
      final String key, final Node node, final Reading reading) {
    if (!(node instanceof MappingNode mapping) || mapping.getValue().size() > MOST) {
      reading.problems().add(node, Shown.mismatch(key, form(), node));
      return Optional.empty();
    }
    final int before = reading.problems().count();
    final Map<String, HeaderValue> headers = new LinkedHashMap<>();
    final Map<String, Node> places = new HashMap<>();
    for (final NodeTuple tuple : mapping.getValue()) {
      final Node place = tuple.getKeyNode();
      final String name = place instanceof ScalarNode scalar ? scalar.getValue() : "";
      final String folded = name.toLowerCase(Locale.ROOT);
      if (!NAME.matcher(name).matches()) {
        reading.problems().add(place, "this is no name of a header");
      } else if (TRANSPORT.contains(folded)) {
        reading.problems().add(place, name + " is set by the transport and can't be given");
      } else if (places.putIfAbsent(folded, place) != null) {
        reading.problems().add(place, "the header " + Shown.text(name) + " stands here twice");
      } else {
        value(name, tuple.getValueNode(), reading).ifPresent(value -> headers.put(name, value));
      }
    }
    return reading.problems().count() == before ? Optional.of(headers) : Optional.empty();
  }

  private static Optional<HeaderValue> value(
      final String name, final Node node, final Reading reading) {
    if (node instanceof MappingNode || node instanceof SequenceNode) {
      return PLACES.read(name, node, reading).map(HeaderValue.Secret::new);
    }
    final String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (LiteralKeys.isSecretHeader(name) || Shown.holdsKey(text)) {
      LiteralKeys.refuseValue(node, reading.problems());
      return Optional.empty();
    }
    if (!VALUE.matcher(text).matches()) {
      reading
          .problems()
          .add(
              node,
              "the header "
                  + Shown.text(name)
                  + " must be printable ASCII, or a place such as { env: NAME }");
      return Optional.empty();
    }
    return Optional.of(new HeaderValue.Literal(text));
  }

  @Override
  public Object plain(final Map<String, HeaderValue> headers) {
    final Map<String, Object> plain = new TreeMap<>();
    headers.forEach(
        (name, value) ->
            plain.put(
                name,
                value instanceof HeaderValue.Secret secret
                    ? PLACES.plain(secret.places())
                    : ((HeaderValue.Literal) value).text()));
    return plain;
  }

  @Override
  public String form() {
    return "a mapping of at most "
        + MOST
        + " names of headers to texts or a place such as { env: NAME }";
  }
}
