package dev.latencylens.benchmarks.validate;

import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import java.time.Duration;
import java.util.Locale;

/**
 * How streams come: all of them at a steady pace, one after the other within the first part of a
 * second, so that their events fall evenly.
 *
 * @param streams how many at a time
 * @param eventsPerSecond of each
 * @param length how long each lasts
 */
record Pace(int streams, int eventsPerSecond, Duration length) {
  /** More streams than this come with fewer events, or no machine of two cores carries them. */
  private static final int MOST_AT_FULL_PACE = 300;

  private static final int FULL = 50;
  private static final int SLOW = 10;
  private static final long MILLIS_PER_SECOND = 1_000;

  /** Within which all streams start. */
  private static final Duration STARTS = Duration.ofMillis(500);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  static Pace of(final int streams, final Duration length) {
    return new Pace(streams, streams > MOST_AT_FULL_PACE ? SLOW : FULL, length);
  }

  /** The name of the model that streams so. */
  String model() {
    return "pace-" + eventsPerSecond;
  }

  int tokens() {
    return (int) (length.toMillis() * eventsPerSecond / MILLIS_PER_SECOND);
  }

  long apartNanos() {
    return STARTS.toNanos() / streams;
  }

  long patienceNanos() {
    return length.plus(PATIENCE).toNanos();
  }

  /** A simulator's options with the models of all paces of this length. */
  static SimulatorOptions options(final Duration length) {
    SimulatorOptions options = SimulatorOptions.defaults();
    for (final int rate : new int[] {FULL, SLOW}) {
      final Pace pace = new Pace(1, rate, length);
      options =
          options.withModel(
              pace.model(),
              ModelProfile.defaults()
                  .with(
                      String.format(
                          Locale.ROOT,
                          "ttft-ms=100,gap-ms=%d,tokens=%d",
                          MILLIS_PER_SECOND / rate,
                          pace.tokens())));
    }
    return options;
  }
}
