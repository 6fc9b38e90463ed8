package dev.latencylens.benchmarks.runner;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person where a run stands: a line for each finished round, and on a terminal one line
 * that moves while a round is under way. Thread-safe.
 */
final class Progress implements AutoCloseable {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private final int rounds;
  private final long started = System.nanoTime();
  private final ScheduledExecutorService ticker;

  private int finished;
  private @Nullable String current;
  private String phase = "";
  private long roundStarted;

  /**
   * Starts telling.
   *
   * @param out where to
   * @param terminal whether a line can be written over
   * @param rounds how many rounds there will be
   */
  Progress(final PrintStream out, final boolean terminal, final int rounds) {
    this.out = out;
    this.terminal = terminal;
    this.rounds = rounds;
    ticker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              final Thread thread = new Thread(task, "latency-lens-progress");
              thread.setDaemon(true);
              return thread;
            });
    if (terminal) {
      final var unused = ticker.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }
  }

  synchronized void roundStarts(final String what) {
    current = what;
    phase = "warming up";
    roundStarted = System.nanoTime();
    tick();
  }

  synchronized void measuring() {
    phase = "measuring";
  }

  synchronized void roundEnds(final String result) {
    finished++;
    final String line =
        String.format(
            Locale.ROOT,
            "[%d/%d] %s: %s (%s)%s",
            finished,
            rounds,
            current,
            result,
            words(Duration.ofNanos(System.nanoTime() - roundStarted)),
            timeLeft());
    current = null;
    out.println((terminal ? CLEAR_LINE : "") + line);
  }

  private String timeLeft() {
    if (finished == rounds) {
      return "";
    }
    final long elapsed = System.nanoTime() - started;
    return ", about " + words(Duration.ofNanos(elapsed / finished * (rounds - finished))) + " left";
  }

  private synchronized void tick() {
    if (terminal && current != null) {
      out.print(
          String.format(
              Locale.ROOT,
              "%s[%d/%d] %s: %s, %s",
              CLEAR_LINE,
              finished + 1,
              rounds,
              current,
              phase,
              words(Duration.ofNanos(System.nanoTime() - roundStarted))));
      out.flush();
    }
  }

  /** A duration as a person says it. */
  static String words(final Duration duration) {
    final long seconds = Math.round(duration.toMillis() / 1000.0);
    return seconds < 100
        ? seconds + " s"
        : String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
  }

  @Override
  public synchronized void close() {
    ticker.shutdownNow();
    if (terminal) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }
}
