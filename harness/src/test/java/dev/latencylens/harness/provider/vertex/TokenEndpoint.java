package dev.latencylens.harness.provider.vertex;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An identity service on loopback. Its tokens are {@code token-MARKED-} and a number from 1. */
final class TokenEndpoint implements AutoCloseable {
  private static final int MANY = 1_000_000;

  private final HttpServer server;
  private final AtomicInteger handedOut = new AtomicInteger();
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private final Semaphore answers = new Semaphore(MANY);
  private volatile int lifetimeSeconds = 3600;
  private volatile int status = 200;

  TokenEndpoint() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/token", this::answer);
    server.start();
  }

  private void answer(final HttpExchange exchange) throws IOException {
    asked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    answers.acquireUninterruptibly();
    final byte[] answer =
        (status == 200
                ? "{\"access_token\":\"token-MARKED-"
                    + handedOut.incrementAndGet()
                    + "\",\"expires_in\":"
                    + lifetimeSeconds
                    + ",\"token_type\":\"Bearer\"}"
                : "{\"error\":\"invalid_grant\",\"error_description\":\"FREETEXT\"}")
            .getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token");
  }

  void handsOutTokensFor(final int seconds) {
    status = 200;
    lifetimeSeconds = seconds;
  }

  void refuses() {
    status = 400;
  }

  /** Lets requests wait for their answer. */
  void hangs() {
    answers.drainPermits();
  }

  /** Answers those that wait, and all that follow. */
  void answersAgain() {
    answers.release(MANY);
  }

  int handedOut() {
    return handedOut.get();
  }

  /** The form of the next request that has come or comes. */
  String nextAsked() throws InterruptedException {
    final String form = asked.poll(30, TimeUnit.SECONDS);
    if (form == null) {
      throw new AssertionError("no token was asked for");
    }
    return form;
  }

  @Override
  public void close() {
    answersAgain();
    server.stop(0);
  }
}
