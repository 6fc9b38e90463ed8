package dev.latencylens.harness.config;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.Collectors;

/** What one round of one cell asks for: how many streams, and when each of them starts. */
public sealed interface Load {

  /** The most streams in a round that a configuration can ask for. */
  int MOST_STREAMS = 1_000_000;

  /** The most streams in flight in a closed loop. */
  int MOST_CONCURRENT = 2_000;

  /** The highest ceiling of streams in flight in an open loop. */
  int MOST_IN_FLIGHT = 100_000;

  /** The ceiling of streams in flight in an open loop where the configuration says nothing. */
  int DEFAULT_IN_FLIGHT = 1_000;

  /** The most users of a closed loop that get a thread each where nothing is said. */
  int MOST_THREADS_UNASKED = 100;

  /** Who the users of a closed loop are. */
  enum Users {
    /** JMH's threads: each waits for its answer and then asks again. */
    THREADS,
    /** Tasks of one thread, however many. */
    TASKS
  }

  /**
   * A number of users who each ask again once they have their answer.
   *
   * @param streams how many streams in all, from 1 to {@link #MOST_STREAMS}
   * @param concurrency how many of them in flight at a time, from 1 to {@link #MOST_CONCURRENT} and
   *     not above {@code streams}
   * @param users who asks
   */
  record Closed(int streams, int concurrency, Users users) implements Load {
    /** What holds where the configuration says nothing: 100 streams, 10 in flight. */
    public static final Closed DEFAULT = of(100, 10);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public Closed {
      if (streams < 1 || streams > MOST_STREAMS) {
        throw new IllegalArgumentException("streams must be from 1 to " + MOST_STREAMS);
      }
      if (concurrency < 1 || concurrency > MOST_CONCURRENT) {
        throw new IllegalArgumentException("concurrency must be from 1 to " + MOST_CONCURRENT);
      }
      if (concurrency > streams) {
        throw new IllegalArgumentException("concurrency must not be above streams");
      }
    }

    /**
     * A closed loop whose users are threads up to {@link #MOST_THREADS_UNASKED}, and tasks beyond.
     *
     * @param streams how many streams in all
     * @param concurrency how many of them in flight at a time
     * @return the load
     */
    public static Closed of(final int streams, final int concurrency) {
      return new Closed(
          streams, concurrency, concurrency > MOST_THREADS_UNASKED ? Users.TASKS : Users.THREADS);
    }

    @Override
    public int mostInFlight() {
      return concurrency;
    }

    @Override
    public String label() {
      return "closed " + concurrency + " x " + streams;
    }
  }

  /**
   * Streams that start when a law says so, whatever became of those before them.
   *
   * @param arrivals the law
   * @param extent where it ends
   * @param mostInFlight the ceiling of streams in flight, from 1 to {@link #MOST_IN_FLIGHT}: where
   *     it is reached arrivals wait, and the load counts as not met
   */
  record Open(Arrivals arrivals, Extent extent, int mostInFlight) implements Load {
    /**
     * Checks the ceiling.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public Open {
      if (mostInFlight < 1 || mostInFlight > MOST_IN_FLIGHT) {
        throw new IllegalArgumentException("max_in_flight must be from 1 to " + MOST_IN_FLIGHT);
      }
    }

    @Override
    public String label() {
      return law() + end() + ceiling();
    }

    private String ceiling() {
      return mostInFlight == DEFAULT_IN_FLIGHT ? "" : ", at most " + mostInFlight + " in flight";
    }

    private String law() {
      if (arrivals instanceof Arrivals.Constant constant) {
        return "constant " + rate(constant.perSecond());
      } else if (arrivals instanceof Arrivals.Poisson poisson) {
        return "poisson " + rate(poisson.perSecond());
      } else if (arrivals instanceof Arrivals.Gamma gamma) {
        return "gamma " + rate(gamma.perSecond()) + " burstiness " + plain(gamma.burstiness());
      } else if (arrivals instanceof Arrivals.Ramp ramp) {
        return "ramp " + plain(ramp.fromPerSecond()) + " to " + rate(ramp.toPerSecond());
      } else if (arrivals instanceof Arrivals.Steps steps) {
        return "steps "
            + steps.steps().stream()
                .map(step -> rate(step.perSecond()) + " " + Quantities.format(step.duration()))
                .collect(Collectors.joining(", "));
      }
      return "trace " + ((Arrivals.Trace) arrivals).file().getFileName();
    }

    private String end() {
      return (extent.starts().isPresent() ? " x " + extent.starts().getAsInt() : "")
          + extent.duration().map(duration -> " for " + Quantities.format(duration)).orElse("");
    }

    private static String rate(final double perSecond) {
      return plain(perSecond) + "/s";
    }

    private static String plain(final double value) {
      return new BigDecimal(String.format(Locale.ROOT, "%.6f", value))
          .stripTrailingZeros()
          .toPlainString();
    }
  }

  /**
   * The most streams in flight at a time.
   *
   * @return from 1
   */
  int mostInFlight();

  /**
   * What tables call it.
   *
   * @return such as {@code closed 10 x 100} or {@code poisson 20/s for 30s}
   */
  String label();
}
