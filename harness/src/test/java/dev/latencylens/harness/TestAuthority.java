package dev.latencylens.harness;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate authority of one test, and what it vouches for. */
public final class TestAuthority {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static int serial = 1;

  private final KeyPair keys;
  private final List<X509Certificate> chain;

  private TestAuthority(final KeyPair keys, final List<X509Certificate> chain) {
    this.keys = keys;
    this.chain = chain;
  }

  /**
   * A key with its certificate and those above it.
   *
   * @param key the private key
   * @param chain the certificate, then its authorities up to but without the root
   */
  public record Issued(PrivateKey key, List<X509Certificate> chain) {
    /** Serves this certificate, with others sent along. */
    public SSLContext context(final X509Certificate... alsoSent) {
      final List<Certificate> sent = new ArrayList<>(chain);
      sent.addAll(List.of(alsoSent));
      return contextOf(key, sent, null);
    }

    /** Serves this certificate, and knows clients by an authority. */
    public SSLContext contextKnowing(final TestAuthority clients) {
      return contextOf(key, chain, clients.certificate());
    }

    /** Serves this certificate, and counts how often its key was looked for to prove who serves. */
    public SSLContext contextCounting(final AtomicInteger proofs) {
      return contextOf(new OneIdentity(key, chain, proofs), null);
    }

    /** The chain in PEM. */
    public Path chainFile(final Path file) throws IOException {
      return pem(file, "rw-------", chain.toArray());
    }

    /** The key in PEM, for its owner alone. */
    public Path keyFile(final Path file) throws IOException {
      try {
        return pem(file, "rw-------", new JcaPKCS8Generator(key, null));
      } catch (final org.bouncycastle.util.io.pem.PemGenerationException e) {
        throw new IOException(e);
      }
    }
  }

  /** An authority that vouches for itself. */
  public static TestAuthority root(final String name) {
    final KeyPair keys = keys();
    final X500Name subject = new X500Name("CN=" + name);
    return new TestAuthority(
        keys, List.of(sign(subject, keys, subject, keys, new BasicConstraints(true), List.of())));
  }

  /** An authority that this one vouches for. */
  public TestAuthority intermediate(final String name) {
    final KeyPair own = keys();
    final List<X509Certificate> above = new ArrayList<>();
    above.add(
        sign(name(), keys, new X500Name("CN=" + name), own, new BasicConstraints(true), List.of()));
    above.addAll(chain);
    return new TestAuthority(own, above);
  }

  /** A certificate for addresses and names. */
  public Issued issue(final String name, final String... addresses) {
    return issueUntil(Instant.now().plus(Duration.ofDays(1)), name, addresses);
  }

  /** A certificate for addresses and names that ends after a while. */
  public Issued issueFor(final Duration term, final String name, final String... addresses) {
    return issueUntil(Instant.now().plus(term), name, addresses);
  }

  /** A certificate for addresses and names whose time is over. */
  public Issued issueExpired(final String name, final String... addresses) {
    return issueUntil(Instant.now().minus(Duration.ofMinutes(1)), name, addresses);
  }

  private Issued issueUntil(final Instant end, final String name, final String... addresses) {
    final KeyPair own = keys();
    final List<X509Certificate> issued = new ArrayList<>();
    issued.add(
        sign(
            name(),
            keys,
            new X500Name("CN=" + name),
            own,
            new BasicConstraints(false),
            List.of(addresses),
            end));
    issued.addAll(chain.subList(0, chain.size() - 1));
    return new Issued(own.getPrivate(), issued);
  }

  /** This authority's own certificate. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** The certificate of the authority above all, in PEM. */
  public Path rootFile(final Path file) throws IOException {
    return pem(file, "rw-r--r--", chain.get(chain.size() - 1));
  }

  private X500Name name() {
    return new X500Name(certificate().getSubjectX500Principal().getName());
  }

  private static KeyPair keys() {
    try {
      final KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (final GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate sign(
      final X500Name issuer,
      final KeyPair issuerKeys,
      final X500Name subject,
      final KeyPair subjectKeys,
      final BasicConstraints constraints,
      final List<String> addresses) {
    return sign(
        issuer,
        issuerKeys,
        subject,
        subjectKeys,
        constraints,
        addresses,
        Instant.now().plus(Duration.ofDays(1)));
  }

  private static synchronized X509Certificate sign(
      final X500Name issuer,
      final KeyPair issuerKeys,
      final X500Name subject,
      final KeyPair subjectKeys,
      final BasicConstraints constraints,
      final List<String> addresses,
      final Instant end) {
    try {
      final X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
                  issuer,
                  BigInteger.valueOf(serial++),
                  Date.from(Instant.now().minus(Duration.ofHours(1))),
                  Date.from(end),
                  subject,
                  subjectKeys.getPublic())
              .addExtension(Extension.basicConstraints, true, constraints);
      if (!addresses.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(
                addresses.stream()
                    .map(
                        address ->
                            new GeneralName(
                                Character.isDigit(address.charAt(0))
                                    ? GeneralName.iPAddress
                                    : GeneralName.dNSName,
                                address))
                    .toArray(GeneralName[]::new)));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate())));
    } catch (final IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext contextOf(
      final PrivateKey key,
      final List<? extends Certificate> chain,
      final @Nullable X509Certificate clients) {
    return contextOf(new OneIdentity(key, chain, new AtomicInteger()), clients);
  }

  private static SSLContext contextOf(
      final OneIdentity identity, final @Nullable X509Certificate clients) {
    try {
      final KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      if (clients != null) {
        trusted.setCertificateEntry("clients", clients);
      }
      final TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      final SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {identity}, clients == null ? null : trust.getTrustManagers(), null);
      return context;
    } catch (final IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path pem(final Path file, final String mode, final Object... objects)
      throws IOException {
    final StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      for (final Object object : objects) {
        pem.writeObject(object);
      }
    }
    Files.writeString(file, text.toString());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }
}
