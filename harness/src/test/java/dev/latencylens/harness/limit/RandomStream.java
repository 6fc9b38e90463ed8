package dev.latencylens.harness.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.Deadlines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A stream with random deadlines and random stamps, watched under virtual time, and beside it what
 * its deadlines say, worked out from the finished list of stamps instead of step by step.
 */
final class RandomStream {
  private static final long MS = 1_000_000;
  private static final long NEVER = Long.MAX_VALUE;

  private final long seed;
  private final Random random;
  private final long connect;
  private final long firstByte;
  private final long firstToken;
  private final long idle;
  private final long total;
  private final long start;
  private final List<Long> bytes = new ArrayList<>();
  private final long content;
  private final long end;

  RandomStream(final long seed) {
    this.seed = seed;
    random = new Random(seed);
    connect = 1L + random.nextInt(100);
    firstByte = 1L + random.nextInt(300);
    firstToken = 1L + random.nextInt(300);
    idle = 1L + random.nextInt(120);
    total = 1L + random.nextInt(900);
    start = random.nextInt(110);
    long at = start;
    long firstContent = NEVER;
    final int count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      at += 1 + random.nextInt(130);
      bytes.add(at);
      if (firstContent == NEVER && random.nextInt(3) == 0) {
        firstContent = at;
      }
    }
    content = firstContent;
    end = at + random.nextInt(200);
  }

  void check() {
    // Stamps stand half a millisecond beside every deadline: what happens at once is no matter
    // here.
    final ManualScheduler time = new ManualScheduler(0);
    final List<String> expired = new ArrayList<>();
    final DeadlineWatch watch =
        DeadlineWatch.start(
            new Deadlines(
                Duration.ofMillis(connect),
                Duration.ofMillis(firstByte),
                Duration.ofMillis(firstToken),
                Duration.ofMillis(idle),
                Duration.ofMillis(total)),
            time::now,
            time,
            0,
            (timeout, limitNanos) -> expired.add(timeout.wireName() + " at " + time.now()));
    time.advance(stamp(start, 0));
    watch.onStarted(time.now());
    for (int i = 0; i < bytes.size(); i++) {
      time.advance(stamp(bytes.get(i), i + 1) - time.now());
      watch.onBytes(time.now());
      if (bytes.get(i) == content) {
        watch.onFirstContent(time.now());
      }
    }
    time.advance(stamp(end, bytes.size() + 1) - time.now());
    watch.close();
    time.advance(10_000 * MS);

    assertThat(expired).as("seed " + seed).isEqualTo(expected());
    assertThat(time.pending()).isZero();
  }

  /** Each event a different, small bit after its millisecond, so that nothing is due at once. */
  private static long stamp(final long ms, final int index) {
    return ms * MS + 1 + index;
  }

  private List<String> expected() {
    final long started = stamp(start, 0);
    final long ended = stamp(end, bytes.size() + 1);
    if (started > connect * MS) {
      return List.of("timeout_connect at " + connect * MS);
    }
    long due = NEVER;
    String what = "";
    final long byteDue = started + firstByte * MS;
    if ((bytes.isEmpty() || stamp(bytes.get(0), 1) > byteDue) && byteDue < due) {
      due = byteDue;
      what = "timeout_first_byte";
    }
    final long contentDue = started + firstToken * MS;
    final boolean inTime =
        content != NEVER && stamp(content, bytes.indexOf(content) + 1) <= contentDue;
    if (!inTime && contentDue < due) {
      due = contentDue;
      what = "timeout_first_token";
    }
    for (int i = 0; i < bytes.size(); i++) {
      final long next = i + 1 < bytes.size() ? stamp(bytes.get(i + 1), i + 2) : NEVER;
      final long idleDue = stamp(bytes.get(i), i + 1) + idle * MS;
      if (next > idleDue && idleDue < due) {
        due = idleDue;
        what = "timeout_idle";
      }
    }
    if (started + total * MS < due) {
      due = started + total * MS;
      what = "timeout_total";
    }
    return due <= ended ? List.of(what + " at " + due) : List.of();
  }
}
