package dev.latencylens.benchmarks.validate;

import dev.latencylens.benchmarks.floor.FloorClient;
import dev.latencylens.benchmarks.streaming.LedgerClient;
import dev.latencylens.benchmarks.streaming.SimulatorAddress;
import dev.latencylens.fixtures.simulator.SimulatorProcess;
import dev.latencylens.results.table.KnownAnswerTable.Errors;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The most events a second that one core stamps in time: with more, the 99th percentile of the
 * stamps' error passes a millisecond.
 *
 * @param client of the whole client
 * @param floor of a bare selector loop
 */
record Capacity(int client, int floor) {
  private static final long BOUND_NANOS = 1_000_000;
  private static final double P99 = 0.99;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int CLIENT_CORE = 0;
  private static final int SIMULATOR_CORE = 1;

  /** Where the search begins, by how much it goes on, and where it ends in any case. */
  private static final int FIRST_STREAMS = 20;

  private static final double STEP = 1.25;
  private static final int MOST_STREAMS = 1_000;

  /** One late figure may be the machine's; it takes two in a row to have passed the bound. */
  private static final int LATE_IN_A_ROW = 2;

  private static final int WARM_UPS = 4;
  private static final int WARM_UP_STREAMS = 100;
  private static final int EVENTS_PER_SECOND = 50;

  /** What is not measured any more. */
  private static final long DONE = -1;

  /**
   * What one number of streams showed.
   *
   * @param streams how many at a time
   * @param eventsPerSecond of all of them
   * @param clientNanos the 99th percentile of the client's error, -1 if it was not asked any more
   * @param floorNanos the same of the floor
   */
  record Step(int streams, int eventsPerSecond, long clientNanos, long floorNanos) {}

  /** One reader on its way up. */
  private static final class Climb {
    private int best;
    private int late;

    boolean isOver() {
      return late >= LATE_IN_A_ROW;
    }

    void add(final int eventsPerSecond, final long nanos) {
      if (nanos <= BOUND_NANOS) {
        best = eventsPerSecond;
        late = 0;
      } else {
        late++;
      }
    }
  }

  /**
   * Searches.
   *
   * @param times how often each is measured with each number of streams
   * @param length how long each stream lasts
   * @param log gets progress
   * @param steps gets each step
   * @throws IOException if processes can't be held to cores, or a stream was lost
   */
  static Capacity find(
      final int times,
      final Duration length,
      final Consumer<String> log,
      final Consumer<Step> steps)
      throws IOException, InterruptedException {
    try (SimulatorProcess simulator =
        SimulatorProcess.start(Pace.options(length).withPlain(true), PATIENCE, log)) {
      Cores.hold(simulator.pid(), SIMULATOR_CORE);
      Cores.hold(ProcessHandle.current().pid(), CLIENT_CORE);
      final SimulatorAddress address =
          new SimulatorAddress(simulator.baseUri(), simulator.caBundle());
      final LedgerClient ledger = LedgerClient.of(address);
      try (ClientUnderTest client = ClientUnderTest.open(Wire.HTTP1_PLAIN, address, MOST_STREAMS)) {
        final Readers readers = new Readers(client, simulator, ledger, length);
        for (int i = 0; i < WARM_UPS; i++) {
          log.accept("warming up");
          readers.client(WARM_UP_STREAMS);
          readers.floor(WARM_UP_STREAMS);
        }
        return climb(readers, times, log, steps);
      }
    }
  }

  private static Capacity climb(
      final Readers readers,
      final int times,
      final Consumer<String> log,
      final Consumer<Step> steps)
      throws IOException, InterruptedException {
    final Climb client = new Climb();
    final Climb floor = new Climb();
    for (int streams = FIRST_STREAMS;
        streams <= MOST_STREAMS && !(client.isOver() && floor.isOver());
        streams = (int) Math.ceil(streams * STEP)) {
      log.accept(streams + " streams");
      final long[] ofClient = new long[times];
      final long[] ofFloor = new long[times];
      for (int i = 0; i < times; i++) {
        ofFloor[i] = floor.isOver() ? DONE : readers.floor(streams);
        ofClient[i] = client.isOver() ? DONE : readers.client(streams);
      }
      final int events = streams * EVENTS_PER_SECOND;
      final Step step = new Step(streams, events, median(ofClient), median(ofFloor));
      if (!client.isOver()) {
        client.add(events, step.clientNanos());
      }
      if (!floor.isOver()) {
        floor.add(events, step.floorNanos());
      }
      steps.accept(step);
    }
    return new Capacity(client.best, floor.best);
  }

  private static long median(final long[] values) {
    final long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Both readers; each says the 99th percentile of its stamps' error in nanoseconds. */
  private record Readers(
      ClientUnderTest client, SimulatorProcess simulator, LedgerClient ledger, Duration length) {

    long client(final int streams) throws IOException, InterruptedException {
      return p99(KnownAnswers.of(client.read(pace(streams)), ledger));
    }

    long floor(final int streams) throws IOException, InterruptedException {
      final Pace pace = pace(streams);
      return p99(
          KnownAnswers.of(
              streams,
              new FloorClient(simulator.baseUri(), pace.model())
                  .read(streams, pace.apartNanos(), pace.patienceNanos()),
              ledger));
    }

    private Pace pace(final int streams) {
      return new Pace(streams, EVENTS_PER_SECOND, length);
    }

    private static long p99(final Errors errors) throws IOException {
      if (errors.lost() > 0) {
        throw new IOException(errors.lost() + " streams were lost");
      }
      return errors.stamp().valueAtQuantile(P99);
    }
  }
}
