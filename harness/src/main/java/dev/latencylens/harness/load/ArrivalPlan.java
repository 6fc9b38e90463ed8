package dev.latencylens.harness.load;

import dev.latencylens.harness.config.Arrivals;
import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.workload.RequestSequence;
import java.io.IOException;
import java.util.Optional;

/**
 * When the streams of a configured open loop start and, where they were recorded, how long their
 * prompts and answers were.
 *
 * @param schedule when each starts
 * @param trace what was recorded: entry {@code i} is start {@code i}
 */
public record ArrivalPlan(ArrivalSchedule schedule, Optional<RecordedTrace> trace) {

  /** Keeps seeds that follow each other apart: 2^64 divided by the golden ratio. */
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /**
   * Fixes the plan of a load.
   *
   * @param load what was configured
   * @param seed of the random laws
   * @return the plan; the same for the same load and seed
   * @throws IOException if a trace can't be read; its message says what is wrong with it
   * @throws IllegalArgumentException if there are too many starts, none, or the window is too long
   */
  public static ArrivalPlan of(final Load.Open load, final long seed) throws IOException {
    final Optional<RecordedTrace> trace =
        load.arrivals() instanceof Arrivals.Trace recorded
            ? Optional.of(read(recorded))
            : Optional.empty();
    final ArrivalSchedule schedule =
        trace.isPresent()
            ? ArrivalSchedule.of(trace.get(), load.extent())
            : ArrivalSchedule.of(load.arrivals(), load.extent(), seed);
    if (schedule.size() == 0) {
      throw new IllegalArgumentException(
          "the load " + load.label() + " has no arrival: give it more time, or a higher rate");
    }
    return new ArrivalPlan(schedule, trace);
  }

  /**
   * How long prompts and answers were, where that was recorded.
   *
   * @return the lengths of the request of each number, from 1; empty where arrivals are made up
   */
  public Optional<RequestSequence.Lengths> lengths() {
    return trace.map(
        recorded ->
            number -> {
              final int index = Math.toIntExact(number - 1);
              return new RequestSequence.Length(
                  Math.max(1, recorded.inputTokens(index)),
                  Math.max(1, recorded.outputTokens(index)));
            });
  }

  /**
   * The seed of one block: blocks differ, so that no run hangs on one draw; the cells of a block
   * have the same arrivals, so that they can be compared in pairs.
   *
   * @param runSeed the run's seed
   * @param block the block, from 1
   * @return the seed of {@link #of}
   */
  public static long seedOf(final long runSeed, final int block) {
    return runSeed + GOLDEN_GAMMA * block;
  }

  private static RecordedTrace read(final Arrivals.Trace recorded) throws IOException {
    try {
      return TraceReader.read(recorded.file());
    } catch (final TraceException wrong) {
      throw new IOException(wrong.getMessage(), wrong);
    }
  }
}
