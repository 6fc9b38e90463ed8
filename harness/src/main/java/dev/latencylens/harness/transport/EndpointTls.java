package dev.latencylens.harness.transport;

import dev.latencylens.harness.config.ClientCertificate;
import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.secret.ClientIdentity;
import dev.latencylens.harness.secret.KeyAccessException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whom an endpoint's connections trust, and what they show of themselves. Immutable. */
final class EndpointTls {
  private final KeyManager @Nullable [] identity;
  private final TrustManager[] trust;

  private EndpointTls(final KeyManager @Nullable [] identity, final TrustManager[] trust) {
    this.identity = identity;
    this.trust = trust;
  }

  /** Whether an endpoint needs a context of its own. */
  static boolean isSpecial(final Network network) {
    return network.caBundle().isPresent()
        || network.clientCertificate().isPresent()
        || !network.pins().isEmpty();
  }

  /**
   * Reads an endpoint's files.
   *
   * @throws IOException if one can't be read or holds something else; the message names it
   */
  static EndpointTls read(final Network network) throws IOException {
    try {
      return new EndpointTls(identity(network.clientCertificate()), trust(network));
    } catch (final GeneralSecurityException e) {
      throw new IOException("the JDK's own certificate authorities can't be loaded", e);
    }
  }

  /**
   * A context that knows no session yet. Sessions are kept by context, so that a connection that
   * has one to itself finds none to resume, whichever version of TLS is spoken.
   */
  SSLContext newContext() {
    try {
      final SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity, trust, null);
      return context;
    } catch (final GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }

  private static KeyManager @Nullable [] identity(final Optional<ClientCertificate> certificate)
      throws IOException {
    if (certificate.isEmpty()) {
      return null;
    }
    try {
      return ClientIdentity.read(certificate.get().certificate(), certificate.get().key())
          .managers();
    } catch (final KeyAccessException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static TrustManager[] trust(final Network network)
      throws GeneralSecurityException, IOException {
    final TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    final Optional<Path> bundle = network.caBundle();
    factory.init(bundle.isPresent() ? authorities(bundle.get()) : null);
    final TrustManager[] managers = factory.getTrustManagers();
    return network.pins().isEmpty()
        ? managers
        : Arrays.stream(managers)
            .filter(X509ExtendedTrustManager.class::isInstance)
            .map(X509ExtendedTrustManager.class::cast)
            .map(manager -> new PinnedTrust(manager, network.pins()))
            .toArray(TrustManager[]::new);
  }

  private static KeyStore authorities(final Path bundle) throws IOException {
    try (InputStream pem = Files.newInputStream(bundle)) {
      final Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (certificates.isEmpty()) {
        throw new IOException("the CA bundle " + bundle + " holds no certificate");
      }
      final KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (final Certificate certificate : certificates) {
        trusted.setCertificateEntry("ca-" + number++, certificate);
      }
      return trusted;
    } catch (final GeneralSecurityException e) {
      throw new IOException("the CA bundle " + bundle + " is not valid PEM", e);
    }
  }
}
