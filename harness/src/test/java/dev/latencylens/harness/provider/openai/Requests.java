package dev.latencylens.harness.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamRequest;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What an API sends, in the form of the golden files, and what it reads from a response's head. */
public final class Requests {
  private Requests() {}

  /** A request to the API's own endpoint, or to a customer's where there is none. */
  public static String written(final StreamApi api, final StreamRequest request) {
    final WireRequest wire =
        api.encode(
            api.defaultBaseUrl().orElse(URI.create("https://customer.example.com")), request);
    final StringBuilder text = new StringBuilder("POST " + wire.uri() + "\n");
    wire.headers().forEach(h -> text.append(h.name()).append(": ").append(h.value()).append('\n'));
    return text.append('\n').append(new String(wire.body(), UTF_8)).append('\n').toString();
  }

  /** What the API reads from headers. */
  public static Map<StreamAttribute, String> attributes(
      final StreamApi api, final Map<String, String> headers) {
    final Map<StreamAttribute, String> attributes = new EnumMap<>(StreamAttribute.class);
    api.readHeaders(name -> Optional.ofNullable(headers.get(name)), attributes::put);
    return attributes;
  }
}
