package dev.latencylens.harness.provider;

import dev.latencylens.harness.secret.MissingKeyException;
import java.util.List;

/**
 * A service that streams: which of its APIs a target asks, and how the target proves who it is.
 * Implementations are found through {@link java.util.ServiceLoader}, have a public constructor
 * without parameters, keep no state and are thread-safe.
 */
public interface Provider {
  /**
   * The name that stands in configurations and tables.
   *
   * @return lower-case letters, digits and hyphens, such as {@code openai}
   */
  String id();

  /**
   * The keys that a target of this provider may have in a configuration, beside those of every
   * target.
   *
   * @return in the order of the documentation; none where there is nothing to choose
   */
  default List<TargetOption> options() {
    return List.of();
  }

  /**
   * The API that a target asks.
   *
   * @param options what the target says; each is of the form that {@link #options()} demands, and
   *     those that are required are there
   * @return the API; keeps no state of a stream, and is thread-safe
   * @throws OptionException if options contradict each other, or one is not what this provider
   *     takes
   */
  StreamApi api(TargetOptions options) throws OptionException;

  /**
   * The environment variables that this provider's own library reads where the service is asked, as
   * a cloud's credential chain does. A process that measures another provider has none of them.
   *
   * @return how their names begin; none where there is no such library
   */
  default List<String> environment() {
    return List.of();
  }

  /**
   * Opens what proves to the service who asks. Called once for each target, before anything is
   * sent; never for a target that needs no key.
   *
   * @param options what the target says
   * @param keys the keys that the target may use
   * @return the credentials, to be closed by the caller
   * @throws MissingKeyException if a key is needed that is not there
   */
  Credentials credentials(TargetOptions options, Keys keys) throws MissingKeyException;
}
