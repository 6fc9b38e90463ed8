package dev.latencylens.harness.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Passes what HttpClient receives to the exchange; decides nothing. Called on the I/O thread. */
final class ExchangeConsumer implements AsyncResponseConsumer<Boolean> {
  private final StreamExchange exchange;
  private @Nullable FutureCallback<Boolean> done;
  private boolean bodyEnded;

  ExchangeConsumer(final StreamExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public void consumeResponse(
      final HttpResponse response,
      final @Nullable EntityDetails entity,
      final HttpContext context,
      final FutureCallback<Boolean> callback) {
    exchange.responseHead(response, entity);
    if (entity == null) {
      bodyEnded = true;
      callback.completed(true);
    } else {
      done = callback;
    }
  }

  @Override
  public void informationResponse(final HttpResponse response, final HttpContext context) {
    exchange.interimResponse();
  }

  @Override
  public void updateCapacity(final CapacityChannel channel) throws IOException {
    // The timeline copies each read at once, so the sender is never held back.
    channel.update(Integer.MAX_VALUE);
  }

  @Override
  public void consume(final ByteBuffer bytes) {
    exchange.bytes(bytes);
  }

  @Override
  public void streamEnd(final @Nullable List<? extends Header> trailers) {
    bodyEnded = true;
    if (done != null) {
      done.completed(true);
    }
  }

  @Override
  public void failed(final Exception cause) {
    // The exchange hears of it from the client's own callback, which always follows.
  }

  /**
   * The last that is heard of the exchange, in the call that also brought its end. Only by now is
   * its connection in the pool again: a user who asked again before would open another one.
   */
  @Override
  public void releaseResources() {
    if (bodyEnded) {
      exchange.bodyEnded();
    }
  }
}
