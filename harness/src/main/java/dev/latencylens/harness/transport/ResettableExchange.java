package dev.latencylens.harness.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.concurrent.ComplexCancellable;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that can be ended for itself, and whose connection hears of its end, once. Called on
 * the I/O thread, but for what ends it.
 */
final class ResettableExchange implements AsyncClientExchangeHandler {
  private final AsyncClientExchangeHandler handler;
  private final Runnable over;
  private final boolean http2;
  private final AtomicBoolean told = new AtomicBoolean();

  /** Resets the stream, as soon as there is one to be reset. */
  private final ComplexCancellable reset = new ComplexCancellable();

  private boolean resettable;

  ResettableExchange(
      final AsyncClientExchangeHandler handler, final boolean http2, final Runnable over) {
    this.handler = handler;
    this.http2 = http2;
    this.over = over;
  }

  /**
   * Ends the exchange at once: over HTTP/2 with a reset, over HTTP/1.1 with the connection, which
   * HttpClient closes in the call.
   */
  void end() {
    reset.cancel();
    handler.cancel();
    if (http2) {
      // HttpCore would release it only when the connection ends.
      releaseResources();
    }
  }

  @Override
  public void releaseResources() {
    try {
      handler.releaseResources();
    } finally {
      if (told.compareAndSet(false, true)) {
        over.run();
      }
    }
  }

  @Override
  public void produceRequest(final RequestChannel channel, final HttpContext context)
      throws HttpException, IOException {
    handler.produceRequest(channel, context);
  }

  @Override
  public void consumeResponse(
      final HttpResponse response, final @Nullable EntityDetails entity, final HttpContext context)
      throws HttpException, IOException {
    handler.consumeResponse(response, entity, context);
  }

  @Override
  public void consumeInformation(final HttpResponse response, final HttpContext context)
      throws HttpException, IOException {
    handler.consumeInformation(response, context);
  }

  @Override
  public void failed(final Exception cause) {
    handler.failed(cause);
  }

  @Override
  public void cancel() {
    handler.cancel();
  }

  @Override
  public int available() {
    return handler.available();
  }

  @Override
  public void produce(final DataStreamChannel channel) throws IOException {
    if (http2 && !resettable) {
      resettable = true;
      reset.setDependency(StreamReset.of(channel));
    }
    handler.produce(channel);
  }

  @Override
  public void updateCapacity(final CapacityChannel channel) throws IOException {
    handler.updateCapacity(channel);
  }

  @Override
  public void consume(final ByteBuffer bytes) throws IOException {
    handler.consume(bytes);
  }

  @Override
  public void streamEnd(final @Nullable List<? extends Header> trailers)
      throws HttpException, IOException {
    handler.streamEnd(trailers);
  }
}
