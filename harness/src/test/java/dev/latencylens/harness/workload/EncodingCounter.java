package dev.latencylens.harness.workload;

import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.stream.StreamRequest;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/** An API that tells of each request that it encodes. */
record EncodingCounter(StreamApi api, Consumer<StreamRequest> encoded) implements StreamApi {
  @Override
  public Optional<URI> defaultBaseUrl() {
    return api.defaultBaseUrl();
  }

  @Override
  public WireRequest encode(final URI baseUrl, final StreamRequest request) {
    encoded.accept(request);
    return api.encode(baseUrl, request);
  }

  @Override
  public FrameDecoder newFrameDecoder(final int maxFrameBytes) {
    return api.newFrameDecoder(maxFrameBytes);
  }

  @Override
  public EventDecoder newEventDecoder() {
    return api.newEventDecoder();
  }

  @Override
  public Optional<String> errorType(final byte[] body) {
    return api.errorType(body);
  }
}
