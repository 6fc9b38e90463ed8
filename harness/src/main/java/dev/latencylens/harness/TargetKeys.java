package dev.latencylens.harness;

import dev.latencylens.harness.config.KeyReference;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.provider.Keys;
import dev.latencylens.harness.secret.KeySource;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.secret.Secret;

/** The keys of one target, as its configuration names them. Thread-safe. */
public final class TargetKeys implements Keys {
  private final Target target;
  private final Source source;

  TargetKeys(final Target target, final Source source) {
    this.target = target;
    this.source = source;
  }

  /** Where keys come from. */
  public sealed interface Source {
    /**
     * The environment.
     *
     * @param variables reads a variable
     */
    record Environment(KeySource variables) implements Source {}

    /** Nowhere: requests go to the simulator, which takes any key. */
    record MadeUp() implements Source {
      /** Looks like no real key, and says what it is where it turns up. */
      private static final String KEY = "made-up-key-for-the-simulator";
    }
  }

  @Override
  public Secret read(final String ownVariable) throws MissingKeyException {
    return target.key() instanceof KeyReference.Environment environment
        ? variable(environment.variable())
        : variable(ownVariable);
  }

  /** Reads the secret value of a header. */
  Secret header(final String variable) throws MissingKeyException {
    return variable(variable);
  }

  private Secret variable(final String name) throws MissingKeyException {
    return source instanceof Source.Environment environment
        ? environment.variables().read(name, "target " + target.name())
        : Secret.of(Source.MadeUp.KEY);
  }

  @Override
  public boolean named() {
    return target.key() instanceof KeyReference.Environment;
  }

  @Override
  public boolean has(final String variable) {
    return source instanceof Source.Environment environment
        && environment.variables().has(variable);
  }

  @Override
  public boolean madeUp() {
    return source instanceof Source.MadeUp;
  }

  /** Names the target only. */
  @Override
  public String toString() {
    return "TargetKeys[" + target.name() + "]";
  }
}
