package dev.latencylens.benchmarks.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The worst of services: it writes the caller's key into everything that it answers. It also knows
 * which keys reached it.
 */
final class EchoingService implements AutoCloseable {
  private static final List<String> KEY_HEADERS =
      List.of("Authorization", "x-api-key", "x-goog-api-key");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();

  EchoingService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/refuses", exchange -> answer(exchange, 401, "application/json", error()));
    server.createContext("/fails", exchange -> answer(exchange, 500, "application/json", error()));
    server.createContext(
        "/rejects", exchange -> answer(exchange, 400, "application/json", error()));
    server.createContext(
        "/talks-html", exchange -> answer(exchange, 200, "text/html", "<p>KEY</p>"));
    server.createContext(
        "/breaks", exchange -> answer(exchange, 200, "text/event-stream", "data: {\"KEY: KEY\n\n"));
    server.createContext(
        "/errs",
        exchange -> answer(exchange, 200, "text/event-stream", "data: " + error() + "\n\n"));
    server.createContext(
        "/repeats",
        exchange ->
            answer(
                exchange,
                200,
                "text/event-stream",
                """
                data: {"id":"r","model":"m","choices":[{"index":0,"delta":{"content":"KEY"}}]}

                data: {"id":"r","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                data: [DONE]

                """));
    server.start();
  }

  private static String error() {
    return "{\"error\": {\"message\": \"Incorrect API key provided: KEY\"}}";
  }

  private void answer(
      final HttpExchange exchange, final int status, final String type, final String body)
      throws IOException {
    requests.incrementAndGet();
    final String key =
        KEY_HEADERS.stream()
            .map(header -> exchange.getRequestHeaders().getFirst(header))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("none");
    keys.add(key.replaceFirst("^Bearer ", ""));
    exchange.getRequestBody().readAllBytes();
    final byte[] bytes = body.replace("KEY", key).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  String baseUrl(final String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** What it does to those who ask there, by path. */
  static Stream<String> paths() {
    return Stream.of(
        "/refuses", "/fails", "/rejects", "/talks-html", "/breaks", "/errs", "/repeats");
  }

  Set<String> keys() {
    return Set.copyOf(keys);
  }

  int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
