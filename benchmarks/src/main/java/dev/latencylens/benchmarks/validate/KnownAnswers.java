package dev.latencylens.benchmarks.validate;

import dev.latencylens.benchmarks.floor.FloorReading;
import dev.latencylens.benchmarks.streaming.LedgerClient;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.results.table.KnownAnswerTable.Errors;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Holds what was read against what the simulator knows that it sent. Stateless. */
final class KnownAnswers {
  private KnownAnswers() {}

  /** What the client's streams were off by; those that are not complete are lost. */
  static Errors of(final List<StreamRecord> records, final LedgerClient ledger)
      throws IOException, InterruptedException {
    int lost = 0;
    final Errors errors = new Errors(0);
    for (final StreamRecord record : records) {
      final Optional<long[]> sent =
          record.outcome() == Outcome.COMPLETE
              ? ledger.contentSendTimes(
                  record.attributes().getOrDefault(StreamAttribute.RESPONSE_ID, "none"))
              : Optional.empty();
      final long[] stamps = record.content().eventStamps();
      if (sent.isPresent() && sent.get().length == stamps.length) {
        compare(stamps, sent.get(), errors);
      } else {
        lost++;
      }
    }
    return new Errors(lost, errors.ttft(), errors.gap(), errors.stamp());
  }

  /** The same of the floor's streams. */
  static Errors of(final int asked, final List<FloorReading> readings, final LedgerClient ledger)
      throws IOException, InterruptedException {
    int whole = 0;
    final Errors errors = new Errors(0);
    for (final FloorReading reading : readings) {
      final Optional<List<LedgerClient.Sent>> events = ledger.events(reading.id().orElse("none"));
      // The terminator of the stream is no event of the ledger.
      final long[] stamps = reading.eventStamps();
      if (events.isPresent() && events.get().size() <= stamps.length) {
        whole++;
        compareContent(stamps, events.get(), errors);
      }
    }
    return new Errors(asked - whole, errors.ttft(), errors.gap(), errors.stamp());
  }

  private static void compareContent(
      final long[] stamps, final List<LedgerClient.Sent> events, final Errors errors) {
    final long[] sent = new long[events.size()];
    final long[] read = new long[events.size()];
    int content = 0;
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).content()) {
        sent[content] = events.get(i).nanos();
        read[content++] = stamps[i];
      }
    }
    compare(Arrays.copyOf(read, content), Arrays.copyOf(sent, content), errors);
  }

  private static void compare(final long[] stamps, final long[] sent, final Errors errors) {
    for (int i = 0; i < stamps.length; i++) {
      final long late = stamps[i] - sent[i];
      errors.stamp().recordValue(late);
      if (i == 0) {
        // Both count from the same start, which therefore cancels out.
        errors.ttft().recordValue(late);
      } else {
        errors.gap().recordValue(late - (stamps[i - 1] - sent[i - 1]));
      }
    }
  }
}
