package dev.latencylens.harness.secret;

import io.github.jopenlibs.vault.api.Logical;
import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.json.JsonValue;
import io.github.jopenlibs.vault.response.LogicalResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Keys in the key-value engines of HashiCorp Vault, versions 1 and 2, and of servers that speak as
 * it does. Read with vault-java-driver of jopenlibs: the fork that is kept up (6.2.1 of November
 * 2025) since BetterCloud left the driver in 2019, on the JDK's own HTTP client; Spring Vault would
 * bring Spring into the jar. Wire formats: Vault's HTTP API, KV secrets engines version 1 and 2.
 * Thread-safe; one reading at a time.
 */
final class VaultKeys implements KeyReader<KeyLocation.Vault>, AutoCloseable {
  /** Version 2 of the engine gives no lease, so that a rotation can't be foreseen. */
  private static final Duration VALID_FOR = Duration.ofMinutes(5);

  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final VaultSession session;

  /** How many segments an engine's mount has, where that turned out not to be one. */
  private final Map<KeyLocation.Vault, Integer> mountDepths = new HashMap<>();

  /** Finds a key that is kept in another place. */
  @FunctionalInterface
  interface Lookup {
    /** As {@link KeyReader#read} does. */
    Optional<FoundKey> find(KeyLocation location) throws KeyAccessException;
  }

  /** A mounted secrets engine. */
  private record Engine(String mount, String type, int version) {}

  /**
   * Prepares to ask; nothing is sent before a key is read.
   *
   * @param settings how Vault is reached, and who asks
   * @param environment such as {@link System#getenv()}
   * @param lookup finds the token, or the ids of a role
   */
  VaultKeys(
      final VaultSettings settings, final Map<String, String> environment, final Lookup lookup) {
    this(settings, environment, lookup, System::nanoTime, VaultConnection.PATIENCE);
  }

  /** For tests, which own the time. */
  VaultKeys(
      final VaultSettings settings,
      final Map<String, String> environment,
      final Lookup lookup,
      final LongSupplier nanoTime,
      final Duration patience) {
    session =
        new VaultSession(
            settings, new VaultConnection(settings, environment), lookup, nanoTime, patience);
  }

  @Override
  public synchronized Optional<FoundKey> read(final KeyLocation.Vault location)
      throws KeyAccessException {
    LogicalResponse response = ask(location);
    if (status(response) == FORBIDDEN) {
      // The token may have been revoked or exchanged, or have run out on the way.
      session.forget();
      response = ask(location);
    }
    final boolean missing = status(response) == FORBIDDEN || status(response) == NOT_FOUND;
    if (missing && correct(location)) {
      response = ask(location);
    }
    switch (status(response)) {
      case OK -> {
        if (response.getDataObject() == null) {
          throw new KeyAccessException(
              "what answers for " + location.path() + " is not Vault: check vault.address");
        }
        return found(location, response);
      }
      case NOT_FOUND -> {
        return Optional.empty();
      }
      case FORBIDDEN ->
          throw new KeyAccessException(
              "Vault refuses " + location.path() + ": the token needs a policy with read on it");
      default -> throw VaultConnection.answered(status(response));
    }
  }

  private LogicalResponse ask(final KeyLocation.Vault location) throws KeyAccessException {
    final int depth = mountDepths.getOrDefault(location, 1);
    return session.ask(
        config ->
            new Logical(config.engineVersion(location.version()).prefixPathDepth(depth))
                .read(location.path()));
  }

  /**
   * Looks at what is mounted there: the answer to the wrong version is "not found" or "forbidden",
   * which tells nobody anything.
   *
   * @return whether asking again helps, as the mount's own path is longer than was thought
   */
  private boolean correct(final KeyLocation.Vault location) throws KeyAccessException {
    final Optional<Engine> engine = engine(location);
    if (engine.isEmpty()) {
      return false;
    }
    final String mount = engine.get().mount();
    if (!engine.get().type().equals("kv") && !engine.get().type().equals("generic")) {
      throw new KeyAccessException(
          "what is mounted for " + location.path() + " is no key-value engine: name one");
    }
    if (engine.get().version() != location.version()) {
      throw new KeyAccessException(
          "the key-value engine of "
              + location.path()
              + " has version "
              + engine.get().version()
              + ": set that as the version, in place of "
              + location.version());
    }
    final int depth = mount.split("/").length;
    final boolean helps =
        location.version() == 2
            && depth != mountDepths.getOrDefault(location, 1)
            && location.path().startsWith(mount);
    if (helps) {
      mountDepths.put(location, depth);
    }
    return helps;
  }

  /** As Vault's own command finds it; empty if the token may not know. */
  private Optional<Engine> engine(final KeyLocation.Vault location) throws KeyAccessException {
    final LogicalResponse response =
        session.ask(
            config ->
                new Logical(config.engineVersion(1))
                    .read("sys/internal/ui/mounts/" + location.path()));
    final JsonObject mounted = response.getDataObject();
    if (status(response) != OK || mounted == null) {
      return Optional.empty();
    }
    final JsonValue options = mounted.get("options");
    final boolean second =
        options != null && options.isObject() && "2".equals(text(options.asObject(), "version"));
    return Optional.of(new Engine(text(mounted, "path"), text(mounted, "type"), second ? 2 : 1));
  }

  private static String text(final JsonObject object, final String name) {
    final JsonValue value = object.get(name);
    return value != null && value.isString() ? value.asString() : "";
  }

  private static int status(final LogicalResponse response) {
    return response.getRestResponse().getStatus();
  }

  private static Optional<FoundKey> found(
      final KeyLocation.Vault location, final LogicalResponse response) throws KeyAccessException {
    final JsonValue value = response.getDataObject().get(location.field());
    if (value == null || value.isNull() || (value.isString() && value.asString().isEmpty())) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw new KeyAccessException(location.inWords() + " is not text: store the key as a string");
    }
    final Long lease = response.getLeaseDuration();
    Duration validFor = VALID_FOR;
    if (lease != null && lease > 0 && lease / 2 < VALID_FOR.toSeconds()) {
      validFor = Duration.ofSeconds(Math.max(1, lease / 2));
    }
    try {
      return Optional.of(new FoundKey(Secret.of(value.asString()), validFor));
    } catch (final IllegalArgumentException unusable) {
      throw new KeyAccessException(
          "store a key in " + location.inWords() + " anew: " + unusable.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    session.close();
  }

  /** Shows no key. */
  @Override
  public String toString() {
    return "VaultKeys";
  }
}
