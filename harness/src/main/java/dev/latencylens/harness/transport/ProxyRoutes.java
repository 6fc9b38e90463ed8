package dev.latencylens.harness.transport;

import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Leads each stream the way of its endpoint. Stateless. */
final class ProxyRoutes extends DefaultRoutePlanner {
  ProxyRoutes() {
    super(DefaultSchemePortResolver.INSTANCE);
  }

  @Override
  protected @Nullable HttpHost determineProxy(final HttpHost target, final HttpContext context) {
    final Endpoint endpoint = Destination.of(context);
    return endpoint == null ? null : endpoint.proxy().map(Proxy::address).orElse(null);
  }
}
