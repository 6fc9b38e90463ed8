package dev.latencylens.harness.provider;

import dev.latencylens.harness.secret.Secret;
import java.util.ArrayList;
import java.util.List;

/** Gives the same key under every name, and remembers which variables were asked for. */
public final class OneKey implements Keys {
  private final String key;
  private final List<String> asked = new ArrayList<>();

  public OneKey(final String key) {
    this.key = key;
  }

  public List<String> asked() {
    return asked;
  }

  @Override
  public Secret read(final String ownVariable) {
    asked.add(ownVariable);
    return Secret.of(key);
  }

  @Override
  public boolean named() {
    return true;
  }

  @Override
  public boolean has(final String variable) {
    return true;
  }

  @Override
  public boolean madeUp() {
    return false;
  }
}
