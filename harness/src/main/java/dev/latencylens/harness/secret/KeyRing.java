package dev.latencylens.harness.secret;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads keys where they really are. Only the process that a person started has one: what it reads
 * is handed to the measuring processes through a channel of their own. Thread-safe; clients of
 * Vault and AWS are opened when first needed.
 */
public final class KeyRing implements KeySupply, AutoCloseable {
  private final Optional<Path> dotEnv;

  /** Variables that are asked for as keys: a command that prints another key gets none of them. */
  private final Set<String> keyVariables = ConcurrentHashMap.newKeySet();

  private final EnvironmentKeys variables;
  private final DotEnvKeys dotEnvFiles = new DotEnvKeys();
  private final FileKeys files = new FileKeys();
  private final CommandKeys commands;
  private final VaultKeys vault;
  private final AwsSecretKeys awsSecrets = new AwsSecretKeys();

  /**
   * Opens a ring; nothing is read yet.
   *
   * @param environment such as {@link System#getenv()}
   * @param dotEnv the {@code .env} that is looked at for keys that the configuration does not name
   * @param settings how Vault is reached
   */
  public KeyRing(
      final Map<String, String> environment,
      final Optional<Path> dotEnv,
      final VaultSettings settings) {
    this.dotEnv = dotEnv;
    this.variables = new EnvironmentKeys(environment);
    commands = new CommandKeys(keyVariables);
    vault = new VaultKeys(settings, environment, this::find);
  }

  @Override
  public ReadKey read(final List<KeyLocation> places, final String neededBy)
      throws MissingKeyException {
    for (final KeyLocation place : places) {
      if (place instanceof KeyLocation.Environment environment) {
        keyVariables.add(environment.variable());
      }
    }
    for (final KeyLocation place : places) {
      try {
        final Optional<FoundKey> found = find(place);
        if (found.isPresent()) {
          return new ReadKey(found.get().secret(), found.get().validFor(), place.inWords());
        }
      } catch (final KeyAccessException e) {
        throw new MissingKeyException(e.getMessage() + "; " + neededBy + " needs a key");
      }
    }
    throw new MissingKeyException(remedy(places) + ": " + neededBy + " needs a key");
  }

  private static String remedy(final List<KeyLocation> places) {
    final List<String> remedies = new ArrayList<>();
    for (final KeyLocation place : places) {
      remedies.add(
          place instanceof KeyLocation.Environment environment
              ? "set " + environment.variable()
              : "put it into " + place.inWords());
    }
    return String.join(", or ", remedies);
  }

  private Optional<FoundKey> find(final KeyLocation place) throws KeyAccessException {
    if (place instanceof KeyLocation.Environment environment) {
      return variables.read(environment);
    }
    if (place instanceof KeyLocation.DotEnv variable) {
      return dotEnvFiles.read(variable);
    }
    if (place instanceof KeyLocation.KeyFile file) {
      return files.read(file);
    }
    if (place instanceof KeyLocation.Command command) {
      return commands.read(command);
    }
    return place instanceof KeyLocation.Vault secret
        ? vault.read(secret)
        : awsSecrets.read((KeyLocation.AwsSecret) place);
  }

  @Override
  public List<KeyLocation> own(final String variable) {
    return KeySupply.ownPlaces(variable, dotEnv);
  }

  @Override
  public boolean has(final String variable) {
    return variables.has(variable);
  }

  @Override
  public void close() {
    vault.close();
    awsSecrets.close();
  }

  /** Names no place and no value. */
  @Override
  public String toString() {
    return "KeyRing";
  }
}
