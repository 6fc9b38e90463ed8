package dev.latencylens.harness.config;

import java.util.List;
import java.util.Optional;

/** The section {@code load}. */
final class LoadSchema {
  private static final Key<Load, Long> STREAMS =
      Key.withDefault(
          "streams",
          Types.whole(1, Load.MOST_STREAMS),
          (long) Load.DEFAULT.streams(),
          load -> (long) load.streams(),
          "How many streams each round of each cell asks for.");

  private static final Key<Load, Long> CONCURRENCY =
      Key.optional(
          "concurrency",
          Types.whole(1, Load.MOST_CONCURRENT),
          Load.DEFAULT.concurrency() + ", or streams where that is fewer",
          load -> Optional.of((long) load.concurrency()),
          "How many of them are in flight at a time.");

  static final Section<Load> SECTION =
      new Section<>(List.of(STREAMS, CONCURRENCY), LoadSchema::build);

  private LoadSchema() {}

  private static Optional<Load> build(final Values values) {
    final int streams = Math.toIntExact(values.get(STREAMS));
    final int concurrency =
        values
            .find(CONCURRENCY)
            .map(Math::toIntExact)
            .orElse(Math.min(streams, Load.DEFAULT.concurrency()));
    if (concurrency > streams) {
      values.problem(CONCURRENCY, "concurrency must not be above streams, which is " + streams);
      return Optional.empty();
    }
    return Optional.of(new Load(streams, concurrency));
  }
}
