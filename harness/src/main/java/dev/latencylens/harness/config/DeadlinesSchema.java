package dev.latencylens.harness.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The section {@code deadlines}. */
final class DeadlinesSchema {
  private static final Key<Deadlines, Duration> CONNECT =
      key("connect", Deadlines::connect, "From the release until the request is written.");

  private static final Key<Deadlines, Duration> FIRST_BYTE =
      key("first_byte", Deadlines::firstByte, "From the start until the body's first byte.");

  private static final Key<Deadlines, Duration> FIRST_TOKEN =
      key("first_token", Deadlines::firstToken, "From the start until the first content.");

  private static final Key<Deadlines, Duration> IDLE =
      key("idle", Deadlines::idle, "The longest time without a byte, from the first byte on.");

  private static final Key<Deadlines, Duration> TOTAL =
      key("total", Deadlines::total, "From the start until the end of the response.");

  static final Section<Deadlines> SECTION =
      new Section<>(
          List.of(CONNECT, FIRST_BYTE, FIRST_TOKEN, IDLE, TOTAL),
          values ->
              Optional.of(
                  new Deadlines(
                      values.get(CONNECT),
                      values.get(FIRST_BYTE),
                      values.get(FIRST_TOKEN),
                      values.get(IDLE),
                      values.get(TOTAL))));

  private DeadlinesSchema() {}

  private static Key<Deadlines, Duration> key(
      final String name, final Function<Deadlines, Duration> of, final String description) {
    return Key.withDefault(
        name,
        Types.duration(Deadlines.SHORTEST, Deadlines.LONGEST),
        of.apply(Deadlines.DEFAULT),
        of,
        description);
  }
}
