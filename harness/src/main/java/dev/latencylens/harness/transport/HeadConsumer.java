package dev.latencylens.harness.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Hands on the head of a response and keeps nothing of its body, however long that is. */
final class HeadConsumer implements AsyncResponseConsumer<Boolean> {
  private final Consumer<HttpResponse> heads;
  private @Nullable FutureCallback<Boolean> callback;

  HeadConsumer(final Consumer<HttpResponse> heads) {
    this.heads = heads;
  }

  @Override
  public void consumeResponse(
      final HttpResponse response,
      final @Nullable EntityDetails body,
      final HttpContext context,
      final FutureCallback<Boolean> resultCallback) {
    callback = resultCallback;
    heads.accept(response);
    if (body == null) {
      resultCallback.completed(true);
    }
  }

  @Override
  public void informationResponse(final HttpResponse response, final HttpContext context) {}

  @Override
  public void updateCapacity(final CapacityChannel channel) throws IOException {
    channel.update(Integer.MAX_VALUE);
  }

  @Override
  public void consume(final ByteBuffer bytes) {
    bytes.position(bytes.limit());
  }

  @Override
  public void streamEnd(final @Nullable List<? extends Header> trailers) {
    final FutureCallback<Boolean> waiting = callback;
    if (waiting != null) {
      waiting.completed(true);
    }
  }

  /** What went wrong is told to the exchange's own callback. */
  @Override
  public void failed(final Exception cause) {}

  @Override
  public void releaseResources() {}
}
