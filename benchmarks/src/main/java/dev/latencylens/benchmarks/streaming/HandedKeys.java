package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.secret.KeyLocation;
import dev.latencylens.harness.secret.KeySupply;
import dev.latencylens.harness.secret.MissingKeyException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys that the process which a person started hands to this one. Thread-safe. */
final class HandedKeys implements KeySupply {
  private final Path socket;
  private final Optional<Path> dotEnv;
  private final Map<String, String> environment;

  /**
   * Keys from a socket.
   *
   * @param socket where the other process listens
   * @param dotEnv the {@code .env} that is looked at for keys that the configuration does not name
   * @param environment tells which variables are set, as a provider's own library will find them
   */
  HandedKeys(
      final Path socket, final Optional<Path> dotEnv, final Map<String, String> environment) {
    this.socket = socket;
    this.dotEnv = dotEnv;
    this.environment = environment;
  }

  /** The keys of a round's plan. */
  static HandedKeys from(final RoundPlan.Handover handover) {
    return new HandedKeys(handover.socket(), handover.dotEnv(), System.getenv());
  }

  @Override
  public ReadKey read(final List<KeyLocation> places, final String neededBy)
      throws MissingKeyException {
    return KeyChannel.ask(socket, places, neededBy);
  }

  @Override
  public List<KeyLocation> own(final String variable) {
    return KeySupply.ownPlaces(variable, dotEnv);
  }

  @Override
  public boolean has(final String variable) {
    final String value = environment.get(variable);
    return value != null && !value.isBlank();
  }
}
