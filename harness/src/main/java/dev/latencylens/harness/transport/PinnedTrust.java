package dev.latencylens.harness.transport;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts whom another trusts, host name and all, if besides one of the pinned keys stands in the
 * chain. The chain is built anew from the server's certificate to an authority: a server may send
 * along any certificates, and only those that truly vouch for its own count. Runs within the
 * handshake, before anything is sent. Thread-safe.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
  private static final String PREFIX = "sha256/";

  private final X509ExtendedTrustManager trust;
  private final List<String> pins;

  PinnedTrust(final X509ExtendedTrustManager trust, final List<String> pins) {
    this.trust = trust;
    this.pins = pins;
  }

  @Override
  public void checkServerTrusted(
      final X509Certificate[] chain, final String algorithm, final SSLEngine engine)
      throws CertificateException {
    trust.checkServerTrusted(chain, algorithm, engine);
    requirePin(chain);
  }

  @Override
  public void checkServerTrusted(
      final X509Certificate[] chain, final String algorithm, final Socket socket)
      throws CertificateException {
    trust.checkServerTrusted(chain, algorithm, socket);
    requirePin(chain);
  }

  @Override
  public void checkServerTrusted(final X509Certificate[] chain, final String algorithm)
      throws CertificateException {
    trust.checkServerTrusted(chain, algorithm);
    requirePin(chain);
  }

  private void requirePin(final X509Certificate[] sent) throws CertificateException {
    final List<String> seen = new ArrayList<>();
    for (final PublicKey key : keysOfVerifiedChain(sent)) {
      seen.add(pin(key));
    }
    if (seen.stream().noneMatch(pins::contains)) {
      throw new PinMismatchException(String.join(", ", seen));
    }
  }

  private List<PublicKey> keysOfVerifiedChain(final X509Certificate[] sent)
      throws CertificateException {
    final Set<TrustAnchor> anchors =
        Arrays.stream(trust.getAcceptedIssuers())
            .map(authority -> new TrustAnchor(authority, null))
            .collect(Collectors.toSet());
    if (anchors.stream().anyMatch(anchor -> sent[0].equals(anchor.getTrustedCert()))) {
      // Trusted by itself.
      return List.of(sent[0].getPublicKey());
    }
    try {
      final X509CertSelector server = new X509CertSelector();
      server.setCertificate(sent[0]);
      final PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, server);
      parameters.setRevocationEnabled(false);
      parameters.addCertStore(
          CertStore.getInstance(
              "Collection", new CollectionCertStoreParameters(Arrays.asList(sent))));
      final PKIXCertPathBuilderResult path =
          (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
      final List<PublicKey> keys = new ArrayList<>();
      for (final Certificate certificate : path.getCertPath().getCertificates()) {
        keys.add(certificate.getPublicKey());
      }
      keys.add(path.getTrustAnchor().getTrustedCert().getPublicKey());
      return keys;
    } catch (final GeneralSecurityException e) {
      throw new CertificateException("no chain to a trusted authority", e);
    }
  }

  /** As RFC 7469, section 2.4, has it: over the SubjectPublicKeyInfo, which is Java's encoding. */
  static String pin(final PublicKey key) {
    try {
      return PREFIX
          + Base64.getEncoder()
              .encodeToString(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
    } catch (final GeneralSecurityException e) {
      throw new IllegalStateException("each Java has SHA-256", e);
    }
  }

  @Override
  public void checkClientTrusted(
      final X509Certificate[] chain, final String algorithm, final SSLEngine engine)
      throws CertificateException {
    trust.checkClientTrusted(chain, algorithm, engine);
  }

  @Override
  public void checkClientTrusted(
      final X509Certificate[] chain, final String algorithm, final Socket socket)
      throws CertificateException {
    trust.checkClientTrusted(chain, algorithm, socket);
  }

  @Override
  public void checkClientTrusted(final X509Certificate[] chain, final String algorithm)
      throws CertificateException {
    trust.checkClientTrusted(chain, algorithm);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return trust.getAcceptedIssuers();
  }
}
