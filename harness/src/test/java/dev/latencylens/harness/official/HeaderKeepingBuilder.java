package dev.latencylens.harness.official;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.time.Duration;
import java.util.List;

/** Keeps the request id of a response's headers, which LangChain4j's models do not hand out. */
final class HeaderKeepingBuilder implements HttpClientBuilder {

  private final HttpClientBuilder inner;
  private volatile String requestId = "";

  HeaderKeepingBuilder(HttpClientBuilder inner) {
    this.inner = inner;
  }

  /** Returns the header {@code x-request-id} of the last stream that began; empty without one. */
  String requestId() {
    return requestId;
  }

  @Override
  public Duration connectTimeout() {
    return inner.connectTimeout();
  }

  @Override
  public HttpClientBuilder connectTimeout(Duration timeout) {
    inner.connectTimeout(timeout);
    return this;
  }

  @Override
  public Duration readTimeout() {
    return inner.readTimeout();
  }

  @Override
  public HttpClientBuilder readTimeout(Duration timeout) {
    inner.readTimeout(timeout);
    return this;
  }

  @Override
  public HttpClient build() {
    HttpClient client = inner.build();
    return new HttpClient() {
      @Override
      public SuccessfulHttpResponse execute(HttpRequest request) {
        return client.execute(request);
      }

      @Override
      public void execute(
          HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        client.execute(request, parser, new Listener(listener));
      }
    };
  }

  private final class Listener implements ServerSentEventListener {

    private final ServerSentEventListener inner;

    Listener(ServerSentEventListener inner) {
      this.inner = inner;
    }

    @Override
    public void onOpen(SuccessfulHttpResponse response) {
      List<String> ids = response.headers().getOrDefault("x-request-id", List.of());
      requestId = ids.isEmpty() ? "" : ids.get(0);
      inner.onOpen(response);
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
      inner.onEvent(event, context);
    }

    @Override
    public void onEvent(ServerSentEvent event) {
      inner.onEvent(event);
    }

    @Override
    public void onError(Throwable error) {
      inner.onError(error);
    }

    @Override
    public void onClose() {
      inner.onClose();
    }
  }
}
