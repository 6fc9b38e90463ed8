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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The worst of services: in turn it refuses, fails, breaks off and answers, each time with the
 * caller's key in the text. It also knows which keys reached it.
 */
final class EchoingService implements AutoCloseable {
  private static final List<String> KEY_HEADERS =
      List.of(
          "X-Amz-Security-Token",
          "x-generic-key",
          "Authorization",
          "api-key",
          "x-api-key",
          "x-goog-api-key");
  private static final String ERROR =
      "{\"error\": {\"message\": \"Incorrect API key provided: KEY\", \"param\": \"KEY\"}}";
  private static final int DRIPS = 20;
  private static final long DRIP_MILLIS = 100;
  private static final String EVENTS = "text/event-stream";

  private static final List<Answer> ANSWERS =
      List.of(
          new Answer(401, "application/json", ERROR),
          new Answer(400, "application/json", ERROR),
          new Answer(500, "application/json", ERROR),
          new Answer(403, "application/json", ERROR),
          new Answer(429, "application/json", ERROR),
          new Answer(307, "text/html", "https://KEY.invalid/KEY"),
          new Answer(200, "text/html", "<p>KEY</p>"),
          new Answer(200, EVENTS, ""),
          new Answer(200, EVENTS, "HANG"),
          new Answer(200, EVENTS, "data: KEY\n\n".repeat(2_000)),
          new Answer(
              200, EVENTS, "data: {\"choices\":[{\"delta\":{\"content\":\"KEY\"}}]}\n\nBREAK"),
          new Answer(
              200, EVENTS, "data: {\"choices\":[{\"delta\":{\"content\":\"KEY\"}}]}\n\nSTALL"),
          new Answer(200, EVENTS, ": KEY\n\nDRIP"),
          new Answer(200, EVENTS, "data: {\"KEY: KEY\n\n"),
          new Answer(200, EVENTS, "data: " + ERROR + "\n\n"),
          new Answer(
              200,
              EVENTS,
              """
              data: {"id":"r","choices":[{"index":0,"delta":{"content":"KEY"}}]}

              data: {"id":"r","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

              data: [DONE]

              """));

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();

  /** Where services put ids, names and limits of their own, which stand in records. */
  private static final List<String> ECHOING_HEADERS =
      List.of(
          "Location",
          "Server",
          "x-request-id",
          "request-id",
          "apim-request-id",
          "x-amzn-requestid",
          "x-amzn-errortype",
          "openai-processing-ms",
          "x-ratelimit-limit-requests",
          "retry-after");

  private final CountDownLatch closed = new CountDownLatch(1);

  /** One way to answer; KEY stands for the caller's key. */
  private record Answer(int status, String type, String body) {}

  EchoingService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(final HttpExchange exchange) throws IOException {
    final Answer answer = ANSWERS.get(requests.getAndIncrement() % ANSWERS.size());
    final String key =
        KEY_HEADERS.stream()
            .map(header -> exchange.getRequestHeaders().getFirst(header))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("none")
            .replaceFirst("^Bearer ", "");
    keys.add(key);
    exchange.getRequestBody().readAllBytes();
    final byte[] bytes = answer.body().replace("KEY", key).getBytes(StandardCharsets.UTF_8);
    if (answer.body().equals("HANG")) {
      awaitClose();
    }
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    for (final String header : ECHOING_HEADERS) {
      exchange.getResponseHeaders().set(header, key);
    }
    if (answer.body().endsWith("DRIP")) {
      drip(exchange, new String(bytes, StandardCharsets.UTF_8).replace("DRIP", ""));
    } else if (answer.body().endsWith("STALL") || answer.body().endsWith("BREAK")) {
      breakOff(exchange, bytes, answer.body().endsWith("STALL"));
    } else {
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    }
  }

  /** Promises more than comes; closing the connection in its midst is how it breaks off. */
  private void breakOff(final HttpExchange exchange, final byte[] bytes, final boolean stall)
      throws IOException {
    exchange.sendResponseHeaders(200, bytes.length + 1L);
    final OutputStream out = exchange.getResponseBody();
    out.write(bytes);
    out.flush();
    if (stall) {
      awaitClose();
    }
    exchange.close();
  }

  /**
   * Not silent for a while, and says nothing in it: longer than a test's patience, if that is a
   * second.
   */
  private void drip(final HttpExchange exchange, final String comment) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    final OutputStream out = exchange.getResponseBody();
    try {
      for (int i = 0; i < DRIPS && !closed.await(DRIP_MILLIS, TimeUnit.MILLISECONDS); i++) {
        out.write(comment.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The keys that came with requests. */
  Set<String> keys() {
    return Set.copyOf(keys);
  }

  /** How many requests came. */
  int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
