package dev.latencylens.harness.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A law of arrivals: when users come, whatever becomes of those before them. Rates are in starts
 * per second.
 *
 * <p>The deterministic laws ({@link Constant}, {@link Ramp}, {@link Steps}) put arrival {@code k},
 * counted from 0, where the cumulative rate reaches {@code k}: the first arrival comes with the
 * window's start, and the count at any time is the cumulative rate within 1. The random ones draw
 * the gaps between arrivals, the first gap before the first arrival.
 */
public sealed interface Arrivals {
  /** The lowest rate of a law: one start in 1,000 seconds. */
  double SLOWEST = 0.001;

  /** The highest rate of a law. */
  double FASTEST = 1_000_000;

  /**
   * Whether another seed gives other arrivals.
   *
   * @return true for the random laws
   */
  default boolean random() {
    return this instanceof Poisson || this instanceof Gamma;
  }

  /**
   * Equal gaps of {@code 1 / perSecond}.
   *
   * @param perSecond the rate, from {@link #SLOWEST} to {@link #FASTEST}
   */
  record Constant(double perSecond) implements Arrivals {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the rate is out of range
     */
    public Constant {
      requireRate("rate", perSecond, SLOWEST);
    }
  }

  /**
   * Independent users: exponential gaps of mean {@code 1 / perSecond}.
   *
   * @param perSecond the mean rate, from {@link #SLOWEST} to {@link #FASTEST}
   */
  record Poisson(double perSecond) implements Arrivals {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the rate is out of range
     */
    public Poisson {
      requireRate("rate", perSecond, SLOWEST);
    }
  }

  /**
   * Gamma-distributed gaps of mean {@code 1 / perSecond}: shape {@code burstiness} and scale {@code
   * 1 / (perSecond × burstiness)}, so that their coefficient of variation is {@code 1 /
   * sqrt(burstiness)}. 1 gives {@link Poisson}, less is burstier, more is more even. These are the
   * formula and the meaning of {@code --burstiness} in vLLM's serving benchmark ({@code
   * vllm/benchmarks/serve.py}, {@code get_request}); unlike there the gaps are not rescaled
   * afterwards to end on the nominal duration, which would make them depend on each other.
   *
   * <p>The window starts with an arrival just gone. Where gaps vary a lot, arrivals are a little
   * denser at the start: the mean count exceeds {@code perSecond × duration} by up to {@code (1 /
   * burstiness − 1) / 2}.
   *
   * @param perSecond the mean rate, from {@link #SLOWEST} to {@link #FASTEST}
   * @param burstiness the shape of the gaps, from {@link #BURSTIEST} to {@link #LEAST_BURSTY}
   */
  record Gamma(double perSecond, double burstiness) implements Arrivals {
    /** The lowest burstiness: the standard deviation of the gaps is ten times their mean. */
    public static final double BURSTIEST = 0.01;

    /** The highest burstiness: the standard deviation of the gaps is 1% of their mean. */
    public static final double LEAST_BURSTY = 10_000;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public Gamma {
      requireRate("rate", perSecond, SLOWEST);
      if (!(burstiness >= BURSTIEST && burstiness <= LEAST_BURSTY)) {
        throw new IllegalArgumentException(
            "burstiness must be from " + BURSTIEST + " to " + LEAST_BURSTY);
      }
    }
  }

  /**
   * A rate that changes evenly from the window's start to its end. One of the two may be 0. Where
   * the window is bounded by a count only, it lasts as long as the ramp takes for that many.
   *
   * @param fromPerSecond the rate at the start, from 0 to {@link #FASTEST}
   * @param toPerSecond the rate at the end, likewise
   */
  record Ramp(double fromPerSecond, double toPerSecond) implements Arrivals {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a rate is out of range, or neither reaches {@link
     *     #SLOWEST}
     */
    public Ramp {
      requireRate("first rate of a ramp", fromPerSecond, 0);
      requireRate("last rate of a ramp", toPerSecond, 0);
      requireRate("higher rate of a ramp", Math.max(fromPerSecond, toPerSecond), SLOWEST);
    }
  }

  /**
   * Constant rates one after another. The fraction of an arrival that a step leaves over counts in
   * the next one.
   *
   * @param steps at least one; the window ends with the last
   */
  record Steps(List<Step> steps) implements Arrivals {
    /**
     * Copies the list and checks it.
     *
     * @throws IllegalArgumentException if it is empty or no step has a rate
     */
    public Steps {
      steps = List.copyOf(steps);
      if (steps.stream().noneMatch(step -> step.perSecond() > 0)) {
        throw new IllegalArgumentException("at least one step needs a rate above 0");
      }
    }
  }

  /**
   * One step.
   *
   * @param perSecond its rate: 0 for a pause, or from {@link #SLOWEST} to {@link #FASTEST}
   * @param duration how long it holds, above 0 and up to {@link Extent#LONGEST}
   */
  record Step(double perSecond, Duration duration) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public Step {
      if (perSecond != 0) {
        requireRate("rate of a step", perSecond, SLOWEST);
      }
      Extent.requireDuration(duration);
    }
  }

  /**
   * Arrivals as they were recorded; start {@code i} of the schedule is entry {@code i} of the
   * trace.
   *
   * @param file where they are: CSV or a JSON object a line
   */
  record Trace(Path file) implements Arrivals {}

  private static void requireRate(final String name, final double rate, final double lowest) {
    // The negation catches NaN.
    if (!(rate >= lowest && rate <= FASTEST)) {
      throw new IllegalArgumentException(
          "the " + name + " must be from " + lowest + " to " + (long) FASTEST + " per second");
    }
  }
}
