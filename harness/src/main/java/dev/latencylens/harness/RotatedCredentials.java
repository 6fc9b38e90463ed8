package dev.latencylens.harness;

import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.CredentialsException;
import dev.latencylens.harness.provider.HeaderSetter;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.secret.KeySupply;
import dev.latencylens.harness.secret.MissingKeyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Credentials whose keys are read again between streams, where the place they come from says that
 * they may have been rotated. A reading that fails leaves the old ones in force: the service says
 * whether they still hold. Thread-safe.
 */
final class RotatedCredentials implements Credentials {
  /** Opens a target's credentials with its keys. */
  interface Opener {
    Credentials open(TargetKeys keys) throws MissingKeyException;
  }

  /** Nobody rotates a key twice within one stream; the last ones are kept to redact echoes. */
  private static final int KEPT = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(RotatedCredentials.class);

  private final Target target;
  private final KeySupply supply;
  private final Opener opener;
  private final LongSupplier nanoTime;
  private final Deque<Credentials> retired = new ArrayDeque<>();
  private byte[] fingerprint = {};
  private long due;
  private boolean closed;
  private volatile String source = "";
  private volatile Credentials current = Credentials.none();

  private RotatedCredentials(
      final Target target,
      final KeySupply supply,
      final Opener opener,
      final LongSupplier nanoTime) {
    this.target = target;
    this.supply = supply;
    this.opener = opener;
    this.nanoTime = nanoTime;
  }

  /**
   * Reads the keys for the first time.
   *
   * @throws MissingKeyException if a key is needed that is not there
   */
  static RotatedCredentials open(
      final Target target, final KeySupply supply, final Opener opener, final LongSupplier nanoTime)
      throws MissingKeyException {
    final RotatedCredentials credentials = new RotatedCredentials(target, supply, opener, nanoTime);
    credentials.read();
    return credentials;
  }

  private void read() throws MissingKeyException {
    final TargetKeys keys = new TargetKeys(target, supply);
    // Outside the monitor: this may wait for the network, and streams that end must not.
    final Credentials opened = opener.open(keys);
    adopt(opened, keys);
  }

  private synchronized void adopt(final Credentials opened, final TargetKeys keys) {
    due = nanoTime.getAsLong() + keys.validFor().toNanos();
    source = keys.sources();
    final byte[] read = keys.fingerprint();
    if (closed || MessageDigest.isEqual(read, fingerprint)) {
      // The same keys: those that are open may hold a token that is still good.
      opened.close();
      return;
    }
    fingerprint = read;
    retired.addLast(current);
    current = opened;
    if (retired.size() > KEPT) {
      retired.removeFirst().close();
    }
  }

  @Override
  public void refresh() {
    if (isDue()) {
      try {
        read();
      } catch (final MissingKeyException e) {
        LOG.warn("the key can't be read again, and the old one stays in use: {}", e.getMessage());
        postpone();
      }
    }
    current.refresh();
  }

  /** One caller reads; the others go on with what is there. */
  private synchronized boolean isDue() {
    if (closed || nanoTime.getAsLong() - due < 0) {
      return false;
    }
    postpone();
    return true;
  }

  private synchronized void postpone() {
    due = nanoTime.getAsLong() + PATIENCE.toNanos();
  }

  @Override
  public void authenticate(final WireRequest request, final HeaderSetter headers)
      throws CredentialsException {
    current.authenticate(request, headers);
  }

  @Override
  public synchronized String redact(final String text) {
    String redacted = current.redact(text);
    for (final Credentials old : retired) {
      redacted = old.redact(redacted);
    }
    return redacted;
  }

  @Override
  public String source() {
    return source.isEmpty() ? current.source() : source;
  }

  @Override
  public synchronized void close() {
    closed = true;
    current.close();
    retired.forEach(Credentials::close);
    retired.clear();
  }
}
