package dev.latencylens.benchmarks.streaming;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Asks the simulator when it truly sent the content of a stream. It speaks through the JDK's own
 * client, not through the one under test. Thread-safe.
 */
public final class LedgerClient {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client;
  private final URI baseUrl;

  private LedgerClient(final HttpClient client, final URI baseUrl) {
    this.client = client;
    this.baseUrl = baseUrl;
  }

  /**
   * Prepares a client.
   *
   * @param simulator where the simulator listens
   * @return the client
   * @throws IOException if the simulator's CA bundle can't be read
   */
  public static LedgerClient of(final SimulatorAddress simulator) throws IOException {
    final HttpClient.Builder builder =
        HttpClient.newBuilder()
            // Over HTTP/2 the JDK's client announces that it takes 0 pushed streams, which the
            // server of HttpCore, seen in 5.4, answers with a reset.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE);
    if (simulator.caBundle().isPresent()) {
      builder.sslContext(trusting(simulator.caBundle().get()));
    }
    return new LedgerClient(builder.build(), simulator.baseUrl());
  }

  private static SSLContext trusting(final Path bundle) throws IOException {
    try (InputStream pem = Files.newInputStream(bundle)) {
      final Certificate authority =
          CertificateFactory.getInstance("X.509").generateCertificate(pem);
      final KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry("simulator", authority);
      final TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      final SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (final GeneralSecurityException e) {
      throw new IOException("the simulator's CA bundle " + bundle + " can't be used", e);
    }
  }

  /**
   * When the simulator had received a request.
   *
   * @param responseId the stream's id, as the simulator gave it
   * @return a {@link System#nanoTime()} value; empty if the simulator knows no such stream
   * @throws IOException if the simulator does not answer
   * @throws InterruptedException if the thread is interrupted
   */
  public OptionalLong received(final String responseId) throws IOException, InterruptedException {
    final Optional<JsonNode> entry = entry(responseId);
    return entry.isPresent()
        ? OptionalLong.of(entry.get().path("received_nanos").asLong())
        : OptionalLong.empty();
  }

  /**
   * When the simulator sent each content event of a stream.
   *
   * @param responseId the stream's id, as the simulator gave it
   * @return {@link System#nanoTime()} values, in order; empty if the simulator knows no such stream
   * @throws IOException if the simulator does not answer
   * @throws InterruptedException if the thread is interrupted
   */
  public Optional<long[]> contentSendTimes(final String responseId)
      throws IOException, InterruptedException {
    return events(responseId)
        .map(events -> events.stream().filter(Sent::content).mapToLong(Sent::nanos).toArray());
  }

  /**
   * When the simulator sent each event of a stream.
   *
   * @param responseId the stream's id, as the simulator gave it
   * @return the events in the order of the wire; empty if the simulator knows no such stream
   * @throws IOException if the simulator does not answer
   * @throws InterruptedException if the thread is interrupted
   */
  public Optional<List<Sent>> events(final String responseId)
      throws IOException, InterruptedException {
    final Optional<JsonNode> entry = entry(responseId);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    final List<Sent> sent = new ArrayList<>();
    for (final JsonNode event : entry.get().path("events")) {
      sent.add(new Sent(event.path("content").asBoolean(), event.path("sent_nanos").asLong()));
    }
    return Optional.of(sent);
  }

  /**
   * One event.
   *
   * @param content whether it carried generated content
   * @param nanos when it was sent, a {@link System#nanoTime()} value
   */
  public record Sent(boolean content, long nanos) {}

  private Optional<JsonNode> entry(final String responseId)
      throws IOException, InterruptedException {
    final HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    baseUrl + "/ledger/" + URLEncoder.encode(responseId, StandardCharsets.UTF_8)))
            .timeout(PATIENCE)
            .build();
    final HttpResponse<byte[]> response =
        client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    return response.statusCode() == 200
        ? Optional.of(json.readTree(response.body()))
        : Optional.empty();
  }
}
