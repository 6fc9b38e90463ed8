package dev.latencylens.harness.official;

import dev.latencylens.fixtures.simulator.RunTrust;
import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.wire.Dialect;
import dev.latencylens.fixtures.simulator.wire.EventKind;
import dev.latencylens.harness.TargetEndpoint;
import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.framing.FrameSink;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.provider.SimulatedApis;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.secret.MadeUpKeys;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.EventCollector;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamEvent;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.stream.Usage;
import dev.latencylens.harness.transport.Endpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/**
 * What the harness's requests, credentials and decoders make of a simulated service; the bytes are
 * carried by the JDK's client, since the harness itself keeps no text.
 *
 * @param ledgerId the id that the ledger knows the stream by
 * @param events all that was decoded
 */
record DecodedStream(String ledgerId, EventCollector events) {

  static DecodedStream read(
      final Simulator simulator, final String dialectName, final String model, final int maxTokens)
      throws Exception {
    final Dialect dialect =
        Dialect.all().stream()
            .filter(each -> each.name().equals(dialectName))
            .findFirst()
            .orElseThrow();
    final Endpoint endpoint =
        TargetEndpoint.open(
            SimulatedApis.target(dialectName, model)
                .at(
                    URI.create(simulator.baseUri() + dialect.basePath()),
                    Network.trusting(simulator.caPem())),
            Providers.load(),
            new MadeUpKeys());
    final WireRequest wire =
        endpoint
            .api()
            .encode(endpoint.baseUrl(), StreamRequest.of("r1", model, "Say hello.", maxTokens));
    final HttpRequest.Builder request =
        HttpRequest.newBuilder(wire.uri())
            .POST(HttpRequest.BodyPublishers.ofByteArray(wire.body()));
    wire.headers().forEach(header -> request.setHeader(header.name(), header.value()));
    endpoint.credentials().refresh();
    endpoint.credentials().authenticate(wire, request::setHeader);
    final HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(RunTrust.in(simulator.caPem().orElseThrow()).context())
            .build();
    final HttpResponse<byte[]> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    final EventCollector events = new EventCollector();
    final FrameDecoder frames = endpoint.api().newFrameDecoder(1 << 20);
    final EventDecoder decoder = endpoint.api().newEventDecoder();
    final FrameSink sink = frame -> decoder.decode(frame, events);
    frames.decode(response.body(), 0, response.body().length, sink);
    frames.end(sink);
    decoder.end(events);
    endpoint.credentials().close();
    final Optional<String> requestId =
        endpoint.api().requestIdHeaders().stream()
            .flatMap(name -> response.headers().firstValue(name).stream())
            .findFirst();
    return new DecodedStream(
        attribute(events, StreamAttribute.RESPONSE_ID).or(() -> requestId).orElse(""), events);
  }

  private static Optional<String> attribute(
      final EventCollector events, final StreamAttribute which) {
    return events.events().stream()
        .filter(StreamEvent.Attributed.class::isInstance)
        .map(StreamEvent.Attributed.class::cast)
        .filter(attributed -> attributed.attribute() == which)
        .map(StreamEvent.Attributed::value)
        .findFirst();
  }

  /** The kind of each content event, in order, in the ledger's words. */
  List<EventKind> kinds() {
    return events.events().stream()
        .filter(StreamEvent.Content.class::isInstance)
        .map(event -> ((StreamEvent.Content) event).kind())
        .map(
            kind ->
                switch (kind) {
                  case TEXT -> EventKind.TEXT;
                  case REASONING -> EventKind.REASONING;
                  case TOOL_ARGUMENTS -> EventKind.TOOL;
                })
        .toList();
  }

  String content(final ContentKind kind) {
    return events.content(kind);
  }

  String finish() {
    return events.events().stream()
        .filter(StreamEvent.Finished.class::isInstance)
        .map(event -> ((StreamEvent.Finished) event).reason())
        .reduce("", (first, second) -> second);
  }

  Usage usage() {
    return events.events().stream()
        .filter(StreamEvent.UsageReported.class::isInstance)
        .map(event -> ((StreamEvent.UsageReported) event).usage())
        .reduce(Usage.UNKNOWN, (first, second) -> second);
  }
}
