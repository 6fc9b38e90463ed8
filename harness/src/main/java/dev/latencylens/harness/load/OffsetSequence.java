package dev.latencylens.harness.load;

import dev.latencylens.harness.config.Arrivals;
import dev.latencylens.harness.config.Extent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The offsets of a law, one after another. All arithmetic is either exact by IEEE 754 (including
 * the square root) or {@link StrictMath}, so that it gives the same bits everywhere.
 */
interface OffsetSequence {
  /** After the last one. */
  long NONE_LEFT = Long.MAX_VALUE;

  /** Nanoseconds from the window's start, never less than the one before; or none left. */
  long next();

  /** Where the law itself ends the window, or {@link #NONE_LEFT} where it does not. */
  default long endNanos() {
    return NONE_LEFT;
  }

  double NANOS_PER_SECOND = 1e9;

  static OffsetSequence of(final Arrivals law, final Extent extent, final long seed) {
    if (law instanceof Arrivals.Constant constant) {
      return new AtCount(k -> k / constant.perSecond(), NONE_LEFT);
    } else if (law instanceof Arrivals.Poisson poisson) {
      return new Renewal(GapSampler.exponential(poisson.perSecond(), seed));
    } else if (law instanceof Arrivals.Gamma gamma) {
      return new Renewal(GapSampler.gamma(gamma.perSecond(), gamma.burstiness(), seed));
    } else if (law instanceof Arrivals.Ramp ramp) {
      return ramp(ramp, extent);
    } else if (law instanceof Arrivals.Steps steps) {
      return new InSteps(steps.steps());
    }
    throw new IllegalArgumentException("recorded arrivals have to be read first: " + law);
  }

  private static OffsetSequence ramp(final Arrivals.Ramp ramp, final Extent extent) {
    final double from = ramp.fromPerSecond();
    final double to = ramp.toPerSecond();
    final OptionalInt starts = extent.starts();
    if (extent.duration().isEmpty() && starts.isEmpty()) {
      throw new IllegalArgumentException("a ramp needs a duration, or a number of starts");
    }
    final double seconds =
        extent
            .duration()
            .map(OffsetSequence::seconds)
            .orElseGet(() -> 2 * starts.orElseThrow() / (from + to));
    final double acceleration = (to - from) / seconds;
    return new AtCount(
        // The root of from × t + acceleration × t² / 2 = k, in the form that cancels no digits.
        k -> k == 0 ? 0 : 2 * k / (from + Math.sqrt(from * from + 2 * acceleration * k)),
        Math.round(seconds * NANOS_PER_SECOND));
  }

  private static double seconds(final Duration duration) {
    return duration.toNanos() / NANOS_PER_SECOND;
  }

  /** Inverts a cumulative rate. */
  @FunctionalInterface
  interface SecondsAtCount {
    /** When the cumulative rate reaches the count, in seconds; NaN if it never does. */
    double at(double count);
  }

  /** Each arrival computed from its number, so that no rounding adds up. */
  final class AtCount implements OffsetSequence {
    private final SecondsAtCount inverse;
    private final long endNanos;
    private long count;

    AtCount(final SecondsAtCount inverse, final long endNanos) {
      this.inverse = inverse;
      this.endNanos = endNanos;
    }

    @Override
    public long next() {
      final double seconds = inverse.at((double) count++);
      return Double.isNaN(seconds) ? NONE_LEFT : Math.round(seconds * NANOS_PER_SECOND);
    }

    @Override
    public long endNanos() {
      return endNanos;
    }
  }

  /** Independent gaps, summed up. */
  final class Renewal implements OffsetSequence {
    private final GapSampler gaps;
    private double seconds;

    Renewal(final GapSampler gaps) {
      this.gaps = gaps;
    }

    @Override
    public long next() {
      seconds += gaps.nextSeconds();
      return Math.round(seconds * NANOS_PER_SECOND);
    }
  }

  /** Constant rates one after another. */
  final class InSteps implements OffsetSequence {
    /** A step, from where the cumulative rate stands at its start. */
    private record Stretch(double fromCount, double toCount, long fromNanos, double perSecond) {}

    private final List<Stretch> stretches = new ArrayList<>();
    private final long endNanos;
    private int current;
    private long count;

    InSteps(final List<Arrivals.Step> steps) {
      long nanos = 0;
      double cumulative = 0;
      for (final Arrivals.Step step : steps) {
        final double end = cumulative + step.perSecond() * seconds(step.duration());
        stretches.add(new Stretch(cumulative, end, nanos, step.perSecond()));
        cumulative = end;
        nanos += step.duration().toNanos();
        Extent.requireDuration(Duration.ofNanos(nanos));
      }
      endNanos = nanos;
    }

    @Override
    public long next() {
      while (current < stretches.size() && count >= stretches.get(current).toCount()) {
        current++;
      }
      if (current == stretches.size()) {
        return NONE_LEFT;
      }
      final Stretch stretch = stretches.get(current);
      final double seconds = (count++ - stretch.fromCount()) / stretch.perSecond();
      return stretch.fromNanos() + Math.round(seconds * NANOS_PER_SECOND);
    }

    @Override
    public long endNanos() {
      return endNanos;
    }
  }

  /** What a trace says. */
  final class Recorded implements OffsetSequence {
    private final RecordedTrace trace;
    private int index;

    Recorded(final RecordedTrace trace) {
      this.trace = trace;
    }

    @Override
    public long next() {
      return index < trace.size() ? trace.offsetNanos(index++) : NONE_LEFT;
    }

    @Override
    public long endNanos() {
      return trace.endNanos();
    }
  }
}
