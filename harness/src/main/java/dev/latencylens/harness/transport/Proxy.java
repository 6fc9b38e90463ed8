package dev.latencylens.harness.transport;

import dev.latencylens.harness.secret.Secret;
import java.util.Optional;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;

/**
 * A proxy that opens tunnels (RFC 9110, section 9.3.6): it learns the service's host and port, and
 * neither key nor prompt.
 *
 * @param host its name or address, an IPv6 address without brackets
 * @param port its port
 * @param login user and password with a colon between, where it asks for them
 */
public record Proxy(String host, int port, Optional<Secret> login) {

  /**
   * Its host and port, for a person.
   *
   * @return such as {@code proxy.example.com:3128}
   */
  public String hostAndPort() {
    return address().toHostString();
  }

  HttpHost address() {
    return new HttpHost("http", host, port);
  }

  /** Has the login sent with the first request for a tunnel (RFC 7617), to this proxy alone. */
  void logInto(final HttpClientContext context) {
    login.ifPresent(
        secret ->
            secret.use(
                text -> {
                  final int colon = text.indexOf(':');
                  final BasicScheme basic = new BasicScheme();
                  basic.initPreemptive(
                      new UsernamePasswordCredentials(
                          text.substring(0, colon), text.substring(colon + 1).toCharArray()));
                  context.resetAuthExchange(address(), basic);
                }));
  }
}
