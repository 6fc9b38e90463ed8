package dev.latencylens.benchmarks.init;

import dev.latencylens.harness.provider.Keys;
import dev.latencylens.harness.secret.MadeUpKeys;
import dev.latencylens.harness.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Made-up keys that remember which variable a provider asked for. Not thread-safe. */
final class AskedVariables implements Keys {
  private final MadeUpKeys keys = new MadeUpKeys();
  private final List<String> asked = new ArrayList<>();

  @Override
  public Secret read(final String ownVariable) {
    asked.add(ownVariable);
    return keys.read(keys.own(ownVariable), "nobody").secret();
  }

  @Override
  public boolean named() {
    return false;
  }

  @Override
  public boolean has(final String variable) {
    return keys.has(variable);
  }

  @Override
  public boolean madeUp() {
    return keys.madeUp();
  }

  /** The first variable; empty if the provider asked for none. */
  Optional<String> first() {
    return asked.stream().findFirst();
  }
}
