package dev.latencylens.harness;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows any certificates in any order, as an evil server may. */
final class OneIdentity extends X509ExtendedKeyManager {
  private static final String ALIAS = "own";

  private final PrivateKey key;
  private final X509Certificate[] chain;
  private final AtomicInteger proofs;

  OneIdentity(
      final PrivateKey key, final List<? extends Certificate> chain, final AtomicInteger proofs) {
    this.key = key;
    this.chain = chain.toArray(X509Certificate[]::new);
    this.proofs = proofs;
  }

  @Override
  public String chooseServerAlias(
      final String type, final Principal @Nullable [] issuers, final @Nullable Socket socket) {
    return ALIAS;
  }

  @Override
  public String chooseEngineServerAlias(
      final String type, final Principal @Nullable [] issuers, final @Nullable SSLEngine engine) {
    return ALIAS;
  }

  @Override
  public String chooseClientAlias(
      final String[] types, final Principal @Nullable [] issuers, final @Nullable Socket socket) {
    return ALIAS;
  }

  @Override
  public String[] getServerAliases(final String type, final Principal @Nullable [] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public String[] getClientAliases(final String type, final Principal @Nullable [] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public X509Certificate[] getCertificateChain(final String alias) {
    return chain.clone();
  }

  @Override
  public PrivateKey getPrivateKey(final String alias) {
    proofs.incrementAndGet();
    return key;
  }
}
