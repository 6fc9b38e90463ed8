package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamRecord;
import java.io.IOException;
import java.util.Optional;

/** What the client stamped less what the simulator truly sent. Stateless. */
final class InstrumentErrors {
  private static final long[] UNKNOWN = {};

  private InstrumentErrors() {}

  /**
   * The errors of one stream.
   *
   * @param record a stream of the simulator
   * @param ledger the simulator's
   * @return nanoseconds for each content event that both know, negative where the bytes came after
   *     the stamp; empty if the simulator knows no such stream
   */
  static long[] of(final StreamRecord record, final LedgerClient ledger)
      throws IOException, InterruptedException {
    // By the response's id, or the request's where the dialect's streams carry none.
    final Optional<String> id =
        Optional.ofNullable(record.attributes().get(StreamAttribute.RESPONSE_ID))
            .or(record::serverRequestId);
    final Optional<long[]> sent =
        id.isEmpty() ? Optional.empty() : ledger.contentSendTimes(id.get());
    if (sent.isEmpty()) {
      return UNKNOWN;
    }
    final long[] stamps = record.content().eventStamps();
    final long[] errors = new long[Math.min(stamps.length, sent.get().length)];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = stamps[i] - sent.get()[i];
    }
    return errors;
  }
}
