package dev.latencylens.benchmarks.floor;

import java.util.Optional;

/** What the floor read of one stream. Immutable. */
public final class FloorReading {
  private final Optional<String> id;
  private final long[] eventStamps;

  private FloorReading(final Optional<String> id, final long... eventStamps) {
    this.id = id;
    this.eventStamps = eventStamps;
  }

  static FloorReading of(final FloorStream stream) {
    return new FloorReading(stream.id(), stream.eventStamps());
  }

  /** The response's id, by which the simulator knows it. */
  public Optional<String> id() {
    return id;
  }

  /** When each event of the wire was read, in order: {@link System#nanoTime()} values. */
  public long[] eventStamps() {
    return eventStamps.clone();
  }
}
