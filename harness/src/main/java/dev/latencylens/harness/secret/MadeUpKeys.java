package dev.latencylens.harness.secret;

import java.util.List;

/** Keys for the simulator, which takes any: no real one is ever read. */
public final class MadeUpKeys implements KeySupply {
  /** Looks like no real key, and says what it is where it turns up. */
  private static final String KEY = "made-up-key-for-the-simulator";

  @Override
  public ReadKey read(final List<KeyLocation> places, final String neededBy) {
    return new ReadKey(Secret.of(KEY), FoundKey.FOR_EVER, "nowhere: it is made up");
  }

  @Override
  public List<KeyLocation> own(final String variable) {
    return List.of(new KeyLocation.Environment(variable));
  }

  @Override
  public boolean has(final String variable) {
    return false;
  }

  @Override
  public boolean madeUp() {
    return true;
  }
}
