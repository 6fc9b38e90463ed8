package dev.latencylens.benchmarks.validate;

import dev.latencylens.benchmarks.floor.FloorClient;
import dev.latencylens.benchmarks.streaming.LedgerClient;
import dev.latencylens.benchmarks.streaming.SimulatorAddress;
import dev.latencylens.fixtures.simulator.SimulatorProcess;
import dev.latencylens.results.table.KnownAnswerTable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Measures client and floor in turn, in pairs, for each way to stream. Used by one thread. */
final class Validation {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Of each way, before its first pair: both are to be warm alike. */
  private static final int WARM_UPS = 2;

  /** How many streams warm up: the compiler does not see enough of one. */
  private static final int WARM_UP_STREAMS = 100;

  private final int pairs;
  private final Duration length;
  private final Consumer<String> log;

  /**
   * Plans a validation.
   *
   * @param pairs how many of each way, from 1
   * @param length how long each stream lasts
   * @param log gets progress
   */
  Validation(final int pairs, final Duration length, final Consumer<String> log) {
    this.pairs = pairs;
    this.length = length;
    this.log = log;
  }

  private record Service(SimulatorProcess process, LedgerClient ledger) {
    SimulatorAddress address() {
      return new SimulatorAddress(process.baseUri(), process.caBundle());
    }
  }

  private Service start(final boolean plain) throws IOException {
    final SimulatorProcess process =
        SimulatorProcess.start(Pace.options(length).withPlain(plain), PATIENCE, log);
    try {
      return new Service(
          process, LedgerClient.of(new SimulatorAddress(process.baseUri(), process.caBundle())));
    } catch (final IOException e) {
      process.close();
      throw e;
    }
  }

  /**
   * Runs it.
   *
   * @param streams how many at a time, a row for each
   * @param wires how they are carried, a row for each
   * @param table gets the pairs
   */
  void run(final List<Integer> streams, final List<Wire> wires, final KnownAnswerTable table)
      throws IOException, InterruptedException {
    final Service plain = start(true);
    try {
      final Service secure = start(false);
      try {
        for (final int count : streams) {
          for (final Wire wire : wires) {
            compare(Pace.of(count, length), wire, wire.isPlain() ? plain : secure, plain, table);
          }
        }
      } finally {
        secure.process().close();
      }
    } finally {
      plain.process().close();
    }
  }

  private void compare(
      final Pace pace,
      final Wire wire,
      final Service service,
      final Service plain,
      final KnownAnswerTable table)
      throws IOException, InterruptedException {
    final FloorClient floor = new FloorClient(plain.process().baseUri(), pace.model());
    final KnownAnswerTable.Way way =
        new KnownAnswerTable.Way(wire.words(), pace.streams(), pace.eventsPerSecond());
    final Pace warming = Pace.of(WARM_UP_STREAMS, length);
    try (ClientUnderTest client =
        ClientUnderTest.open(wire, service.address(), Math.max(WARM_UP_STREAMS, pace.streams()))) {
      for (int pair = 1 - WARM_UPS; pair <= pairs; pair++) {
        log.accept(
            String.format(
                Locale.ROOT,
                "%s, %d streams: %s",
                wire.words(),
                pace.streams(),
                pair < 1 ? "warming up" : "pair " + pair + " of " + pairs));
        final Pace now = pair < 1 && pace.streams() < WARM_UP_STREAMS ? warming : pace;
        // Whoever comes second finds the machine as the first one left it.
        final boolean clientFirst = pair % 2 == 0;
        KnownAnswerTable.Errors read = new KnownAnswerTable.Errors(0);
        if (clientFirst) {
          read = KnownAnswers.of(client.read(now), service.ledger());
        }
        final KnownAnswerTable.Errors least =
            KnownAnswers.of(
                now.streams(),
                floor.read(now.streams(), now.apartNanos(), now.patienceNanos()),
                plain.ledger());
        if (!clientFirst) {
          read = KnownAnswers.of(client.read(now), service.ledger());
        }
        if (pair >= 1) {
          table.add(way, read, least);
        }
      }
    }
  }
}
