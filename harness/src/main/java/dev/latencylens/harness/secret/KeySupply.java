package dev.latencylens.harness.secret;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Gives keys to whoever needs them in this process. Thread-safe. */
public interface KeySupply {
  /**
   * A key that was read.
   *
   * @param secret the key, to be closed by the caller
   * @param validFor after how long it should be read again
   * @param source where it was found, in words that go on after "from"; names no value
   */
  record ReadKey(Secret secret, Duration validFor, String source) {}

  /**
   * Reads a key. May wait for the network or a person.
   *
   * @param places where it may be, in the order in which they are tried
   * @param neededBy who needs it, such as {@code target openai/gpt-4o-mini}: for the message
   * @return the key
   * @throws MissingKeyException if no place holds a usable key
   */
  ReadKey read(List<KeyLocation> places, String neededBy) throws MissingKeyException;

  /**
   * Where a key is looked for that the configuration does not name.
   *
   * @param variable the variable that the provider's own tools read
   * @return the places in their order
   */
  List<KeyLocation> own(String variable);

  /**
   * Whether an environment variable holds something.
   *
   * @param variable its name
   * @return false if it is not set or blank
   */
  boolean has(String variable);

  /**
   * Whether the keys are made up, as requests go to the simulator, which takes any.
   *
   * @return true if no real key is ever read
   */
  default boolean madeUp() {
    return false;
  }

  /**
   * The places where a provider's own key may be: its environment variable, then a {@code .env}.
   *
   * @param variable the variable
   * @param dotEnv the file, if one is looked at
   * @return the places in their order
   */
  static List<KeyLocation> ownPlaces(final String variable, final Optional<Path> dotEnv) {
    final KeyLocation environment = new KeyLocation.Environment(variable);
    return dotEnv
        .<List<KeyLocation>>map(
            file -> List.of(environment, new KeyLocation.DotEnv(file, variable)))
        .orElseGet(() -> List.of(environment));
  }
}
