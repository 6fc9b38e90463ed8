package dev.latencylens.harness.official;

import dev.latencylens.fixtures.simulator.LedgerEntry;
import dev.latencylens.fixtures.simulator.LedgerEvent;
import dev.latencylens.fixtures.simulator.wire.EventKind;

/** What the ledger's events of one stream come to. */
final class LedgerSums {

  private LedgerSums() {}

  /** Returns the length of all text of one kind. */
  static int characters(LedgerEntry entry, EventKind kind) {
    return entry.events().stream()
        .filter(event -> event.kind() == kind)
        .mapToInt(LedgerEvent::characters)
        .sum();
  }

  /** Returns the tokens of all events. */
  static int tokens(LedgerEntry entry) {
    return entry.events().stream().mapToInt(LedgerEvent::tokens).sum();
  }
}
