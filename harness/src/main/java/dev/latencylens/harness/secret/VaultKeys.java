package dev.latencylens.harness.secret;

import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.Logical;
import io.github.jopenlibs.vault.response.LogicalResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Keys in the key-value engines of HashiCorp Vault, versions 1 and 2, and of servers that speak as
 * it does. Read with vault-java-driver of jopenlibs, the fork that is kept up since BetterCloud
 * left the driver in 2019. Thread-safe; one reading at a time.
 */
final class VaultKeys implements KeyReader<KeyLocation.Vault>, AutoCloseable {
  /** Version 2 of the engine gives no lease, so that a rotation can't be foreseen. */
  private static final Duration VALID_FOR = Duration.ofMinutes(5);

  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final VaultSession session;

  /** Finds a key that is kept in another place. */
  @FunctionalInterface
  interface Lookup {
    /** As {@link KeyReader#read} does. */
    Optional<FoundKey> find(KeyLocation location) throws KeyAccessException;
  }

  /**
   * Prepares to ask; nothing is sent before a key is read.
   *
   * @param settings how Vault is reached, and who asks
   * @param environment such as {@link System#getenv()}
   * @param lookup finds the token, or the ids of a role
   */
  VaultKeys(
      final VaultSettings settings, final Map<String, String> environment, final Lookup lookup) {
    session = new VaultSession(settings, environment, lookup);
  }

  @Override
  public synchronized Optional<FoundKey> read(final KeyLocation.Vault location)
      throws KeyAccessException {
    LogicalResponse response = ask(location);
    if (status(response) == FORBIDDEN && session.renew()) {
      // The token may have been revoked, or have run out on the way.
      response = ask(location);
    }
    switch (status(response)) {
      case OK -> {
        if (response.getDataObject() == null) {
          throw new KeyAccessException(
              "what answers for " + location.path() + " is not Vault: check vault.address");
        }
        final String value = response.getData().get(location.field());
        return value == null || value.isEmpty()
            ? Optional.empty()
            : Optional.of(found(location, value, response));
      }
      case NOT_FOUND -> {
        return Optional.empty();
      }
      case FORBIDDEN ->
          throw new KeyAccessException(
              "Vault refuses "
                  + location.path()
                  + ": the token needs a policy with read on it, or the engine has another version"
                  + " than "
                  + location.version());
      default ->
          throw new KeyAccessException(
              "Vault answered with status "
                  + status(response)
                  + " for "
                  + location.path()
                  + ": check that it is unsealed, and the engine's version");
    }
  }

  private LogicalResponse ask(final KeyLocation.Vault location) throws KeyAccessException {
    final Logical logical = session.open(location.version()).logical();
    try {
      return logical.read(location.path());
    } catch (final VaultException e) {
      // Its message may hold what the server said, and its cause what was asked.
      throw session.unreachable(e);
    }
  }

  private static int status(final LogicalResponse response) {
    return response.getRestResponse().getStatus();
  }

  private static FoundKey found(
      final KeyLocation.Vault location, final String value, final LogicalResponse response)
      throws KeyAccessException {
    final Long lease = response.getLeaseDuration();
    Duration validFor = VALID_FOR;
    if (lease != null && lease > 0 && lease / 2 < VALID_FOR.toSeconds()) {
      validFor = Duration.ofSeconds(Math.max(1, lease / 2));
    }
    try {
      return new FoundKey(Secret.of(value), validFor);
    } catch (final IllegalArgumentException unusable) {
      throw new KeyAccessException(
          "store a key in " + location.inWords() + " anew: " + unusable.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    session.close();
  }
}
