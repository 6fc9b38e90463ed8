package dev.latencylens.harness;

import dev.latencylens.harness.config.KeyReference;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.provider.Keys;
import dev.latencylens.harness.secret.FoundKey;
import dev.latencylens.harness.secret.KeyLocation;
import dev.latencylens.harness.secret.KeySupply;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys of one target, as its configuration names them, and for how long they hold. Confined to
 * the thread that opens the target's credentials with it.
 */
final class TargetKeys implements Keys {
  /** So that a digest tells nothing outside this process. */
  private static final byte[] SALT = new SecureRandom().generateSeed(32);

  private final Target target;
  private final KeySupply supply;
  private final MessageDigest digest;
  private final Set<String> sources = new LinkedHashSet<>();
  private Duration validFor = FoundKey.FOR_EVER;

  TargetKeys(final Target target, final KeySupply supply) {
    this.target = target;
    this.supply = supply;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    digest.update(SALT);
  }

  @Override
  public Secret read(final String ownVariable) throws MissingKeyException {
    return read(
        target.key() instanceof KeyReference.Places places
            ? places.inOrder()
            : supply.own(ownVariable));
  }

  /** Reads a key that is in one of these places. */
  Secret read(final List<KeyLocation> places) throws MissingKeyException {
    final KeySupply.ReadKey key = supply.read(places, "target " + target.name());
    key.secret()
        .use(
            value -> {
              digest.update(value.getBytes(StandardCharsets.UTF_8));
              digest.update((byte) 0);
            });
    sources.add(key.source());
    if (key.validFor().compareTo(validFor) < 0) {
      validFor = key.validFor();
    }
    return key.secret();
  }

  @Override
  public boolean named() {
    return target.key() instanceof KeyReference.Places;
  }

  @Override
  public boolean has(final String variable) {
    return supply.has(variable);
  }

  @Override
  public boolean madeUp() {
    return supply.madeUp();
  }

  /** After how long the keys should be read again. */
  Duration validFor() {
    return validFor;
  }

  /** Where they were found; empty if none was needed, or the provider's own library finds it. */
  String sources() {
    return String.join(" and ", sources);
  }

  /** Tells whether two readings gave the same keys; to be asked once, after the last reading. */
  byte[] fingerprint() {
    return digest.digest();
  }

  /** Names the target only. */
  @Override
  public String toString() {
    return "TargetKeys[" + target.name() + "]";
  }
}
