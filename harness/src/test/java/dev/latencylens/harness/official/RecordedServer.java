package dev.latencylens.harness.official;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.latencylens.fixtures.recorded.RecordedStream;
import java.net.URI;

/** Answers every request on loopback with one recorded stream, through WireMock. */
final class RecordedServer implements AutoCloseable {

  private final WireMockServer server =
      new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));

  RecordedServer() {
    server.start();
  }

  /** Returns where it listens. */
  URI base() {
    return URI.create(server.baseUrl().replace("localhost", "127.0.0.1"));
  }

  /** Answers with a stream from now on, and returns where. */
  URI serve(String name) {
    ResponseDefinitionBuilder answer =
        aResponse()
            .withHeader("content-type", contentType(name))
            // Bedrock's client looks for it.
            .withHeader("x-amzn-requestid", "made-up")
            .withBody(RecordedStream.load(name).toByteArray());
    server.resetAll();
    server.stubFor(any(anyUrl()).willReturn(answer));
    return base();
  }

  private static String contentType(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "events" -> "application/vnd.amazon.eventstream";
      case "ndjson" -> "application/x-ndjson";
      default -> "text/event-stream";
    };
  }

  @Override
  public void close() {
    server.stop();
  }
}
