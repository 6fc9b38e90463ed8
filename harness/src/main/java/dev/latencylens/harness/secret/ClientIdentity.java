package dev.latencylens.harness.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * A certificate and its private key, which prove to a server who asks. The key's bytes are wiped
 * once Java has made its own form of them. Immutable.
 */
public final class ClientIdentity {
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]++)-----END PRIVATE KEY-----");

  /** The algorithms whose keys Java reads, in the order of their use. */
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private final List<Certificate> chain;
  private final PrivateKey key;

  private ClientIdentity(final List<Certificate> chain, final PrivateKey key) {
    this.chain = chain;
    this.key = key;
  }

  /**
   * Reads both files.
   *
   * @param certificate the certificate, and those of the authorities between, in PEM
   * @param key the private key in PEM, unencrypted (PKCS #8, RFC 5958), readable by its owner alone
   * @return the identity
   * @throws KeyAccessException if a file can't be read, holds something else, is open to others, or
   *     the key is not the certificate's
   */
  public static ClientIdentity read(final Path certificate, final Path key)
      throws KeyAccessException {
    final ClientIdentity identity = new ClientIdentity(chain(certificate), privateKey(key));
    if (!identity.matches()) {
      throw new KeyAccessException(key + " is not the key of the certificate in " + certificate);
    }
    return identity;
  }

  private static List<Certificate> chain(final Path file) throws KeyAccessException {
    try {
      final List<Certificate> chain =
          List.copyOf(
              CertificateFactory.getInstance("X.509")
                  .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file))));
      if (!chain.isEmpty()) {
        return chain;
      }
    } catch (final IOException | GeneralSecurityException unreadable) {
      // As if there were none.
    }
    throw new KeyAccessException(file + " holds no certificate in PEM");
  }

  private static PrivateKey privateKey(final Path file) throws KeyAccessException {
    final byte[] pem =
        PrivateFile.read(file)
            .orElseThrow(() -> new KeyAccessException(file + " is not there: name a private key"));
    final Matcher body = PKCS8.matcher(new String(pem, ISO_8859_1));
    Arrays.fill(pem, (byte) 0);
    if (!body.find()) {
      throw new KeyAccessException(
          file
              + " holds no unencrypted private key in PKCS #8 (BEGIN PRIVATE KEY): openssl pkcs8"
              + " -topk8 -nocrypt -in OLD.pem -out NEW.pem makes one of another form");
    }
    final byte[] encoded;
    try {
      encoded = Base64.getMimeDecoder().decode(body.group(1));
    } catch (final IllegalArgumentException notBase64) {
      throw new KeyAccessException(file + " is broken: its base64 can't be read");
    }
    try {
      return decode(encoded, file);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private static PrivateKey decode(final byte[] encoded, final Path file)
      throws KeyAccessException {
    for (final String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (final InvalidKeySpecException another) {
        // The next one, then.
      } catch (final GeneralSecurityException absent) {
        throw new IllegalStateException("each Java has " + algorithm, absent);
      }
    }
    throw new KeyAccessException(file + " holds no private key for RSA, EC or EdDSA");
  }

  /** Whether what the key signs is what the certificate verifies. */
  private boolean matches() {
    final PublicKey own = chain.get(0).getPublicKey();
    final String algorithm =
        switch (own.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> own.getAlgorithm();
        };
    try {
      final byte[] text = "latency-lens".getBytes(ISO_8859_1);
      final Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(text);
      final byte[] signed = signature.sign();
      signature.initVerify(own);
      signature.update(text);
      return signature.verify(signed);
    } catch (final GeneralSecurityException differentKinds) {
      return false;
    }
  }

  /**
   * For a TLS context.
   *
   * @return what shows this identity
   */
  public KeyManager[] managers() {
    try {
      // In memory alone: the store's own password protects nothing.
      final char[] none = new char[0];
      final KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("client", key, none, chain.toArray(Certificate[]::new));
      final KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, none);
      return factory.getKeyManagers();
    } catch (final GeneralSecurityException | IOException e) {
      throw new IllegalStateException("a store in memory takes any key", e);
    }
  }

  /** Shows neither. */
  @Override
  public String toString() {
    return "ClientIdentity";
  }
}
