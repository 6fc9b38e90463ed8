package dev.latencylens.harness.provider.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Configuration;
import com.azure.core.util.ConfigurationBuilder;
import com.azure.core.util.ConfigurationSource;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.latencylens.harness.provider.CredentialsException;
import dev.latencylens.harness.provider.WireRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Microsoft's own library over TLS, against an authority that hands out tokens of short life. */
@Timeout(120)
final class EntraOverLoopbackTest {
  private static final char[] PASSWORD = "not-secret".toCharArray();

  private final AtomicInteger handedOut = new AtomicInteger();
  private final AtomicInteger lifeSeconds = new AtomicInteger(240);
  private final AtomicInteger status = new AtomicInteger(200);
  private final AtomicReference<String> asked = new AtomicReference<>("");

  private HttpsServer authority;
  private EntraCredentials credentials;

  @BeforeEach
  void start(@TempDir final Path directory) throws Exception {
    final SSLContext tls = tls(directory.resolve("authority.p12"));
    authority = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    authority.setHttpsConfigurator(new HttpsConfigurator(tls));
    authority.createContext("/", this::answer);
    authority.start();
    final Map<String, String> environment =
        Map.of(
            Configuration.PROPERTY_AZURE_TENANT_ID,
            "00000000-0000-0000-0000-000000000001",
            Configuration.PROPERTY_AZURE_CLIENT_ID,
            "00000000-0000-0000-0000-000000000002",
            Configuration.PROPERTY_AZURE_CLIENT_SECRET,
            "made-up-client-secret",
            "AZURE_TOKEN_CREDENTIALS",
            "EnvironmentCredential");
    final ConfigurationSource source = path -> environment;
    credentials =
        new EntraCredentials(
            new DefaultAzureCredentialBuilder()
                .configuration(new ConfigurationBuilder(source, source, source).build())
                .authorityHost("https://127.0.0.1:" + authority.getAddress().getPort() + "/")
                .disableInstanceDiscovery()
                .httpClient(
                    new JdkHttpClientBuilder(HttpClient.newBuilder().sslContext(tls)).build())
                .maxRetry(0)
                .build(),
            "https://ai.azure.com/.default");
  }

  @AfterEach
  void stop() {
    credentials.close();
    authority.stop(0);
  }

  private static SSLContext tls(final Path store) throws Exception {
    final String arguments =
        "-genkeypair -alias a -keyalg EC -dname CN=localhost -ext san=ip:127.0.0.1 -validity 2"
            + " -storetype PKCS12 -storepass not-secret -keystore";
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ", -1)));
    command.add(store.toString());
    final Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    final KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    final KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    final KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("a", keys.getCertificate("a"));
    final TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    final SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private void answer(final HttpExchange exchange) throws IOException {
    asked.set(
        exchange.getRequestURI()
            + " "
            + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    final String json =
        status.get() == 200
            ? "{\"token_type\":\"Bearer\",\"expires_in\":"
                + lifeSeconds.get()
                + ",\"ext_expires_in\":"
                + lifeSeconds.get()
                + ",\"access_token\":\"made-up-token-"
                + handedOut.incrementAndGet()
                + "\"}"
            : "{\"error\":\"invalid_client\",\"error_description\":\"FREETEXT of bob\"}";
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status.get(), json.getBytes(UTF_8).length);
    try (var body = exchange.getResponseBody()) {
      body.write(json.getBytes(UTF_8));
    }
  }

  private Map<String, String> sent() throws CredentialsException {
    final Map<String, String> headers = new HashMap<>();
    credentials.authenticate(
        new WireRequest(URI.create("https://127.0.0.1"), List.of(), new byte[0]), headers::put);
    return headers;
  }

  @Test
  void anExpiringTokenIsRenewedBetweenStreams() throws CredentialsException {
    credentials.refresh();
    assertThat(sent()).containsExactly(Map.entry("Authorization", "Bearer made-up-token-1"));
    assertThat(asked.get())
        .contains("/oauth2/v2.0/token")
        .contains("grant_type=client_credentials")
        .contains("scope=https%3A%2F%2Fai.azure.com%2F.default");

    lifeSeconds.set(3_600);
    credentials.refresh();
    credentials.refresh();

    assertThat(sent()).containsExactly(Map.entry("Authorization", "Bearer made-up-token-2"));
    assertThat(handedOut).hasValue(2);
  }

  @Test
  void anAuthorityThatRefusesIsToldWithoutItsText() {
    status.set(401);
    credentials.refresh();

    assertThat(asked.get()).contains("/oauth2/v2.0/token");
    assertThatThrownBy(this::sent)
        .isInstanceOf(CredentialsException.class)
        .hasMessageNotContaining("bob")
        .hasMessageNotContaining("invalid_client");
  }
}
