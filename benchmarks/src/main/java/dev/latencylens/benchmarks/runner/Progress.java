package dev.latencylens.benchmarks.runner;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person where a run stands: on a terminal one line that moves, in a log a line for each
 * finished round. What went wrong in a round stays in sight in both. Thread-safe.
 */
final class Progress implements AutoCloseable {
  private static final String CLEAR_LINE = "\r\u001b[K";

  /** A line that breaks can't be written over: what fits terminals of 80 columns. */
  private static final int COLUMNS = 79;

  private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter LATER =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ROOT);

  /** How much is told. */
  enum Style {
    /** Rounds that could not be run, and no more. */
    QUIET,
    /** A line for each finished round. */
    LINES,
    /** One line that is written over, and a line for each round in which something went wrong. */
    TERMINAL;

    /** What suits where the text goes, and whether somebody asked for less. */
    static Style of(final boolean quiet) {
      if (quiet) {
        return QUIET;
      }
      return Boolean.getBoolean("latencylens.terminal") ? TERMINAL : LINES;
    }
  }

  /**
   * How much there is to do.
   *
   * @param rounds how many rounds there will be
   * @param streams how many streams they are planned to have
   * @param expected how long they are expected to take
   */
  record Size(int rounds, long streams, Duration expected) {}

  private final PrintStream out;
  private final Style style;
  private final Size size;
  private final Clock clock;
  private final long started = System.nanoTime();
  private final ScheduledExecutorService ticker;

  private int finished;
  private long streams;
  private Optional<String> spent = Optional.empty();
  private @Nullable String current;
  private boolean measuring;
  private long roundStarted;

  /**
   * Starts telling.
   *
   * @param out where to
   * @param style how much
   * @param size how much there is to do
   * @param clock tells the time of day, in the zone in which a person reads it
   */
  Progress(final PrintStream out, final Style style, final Size size, final Clock clock) {
    this.out = out;
    this.style = style;
    this.size = size;
    this.clock = clock;
    ticker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              final Thread thread = new Thread(task, "latency-lens-progress");
              thread.setDaemon(true);
              return thread;
            });
    if (style == Style.TERMINAL) {
      final var unused = ticker.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }
  }

  /**
   * A round starts.
   *
   * @param what its block and target
   */
  synchronized void roundStarts(final String what) {
    current = what;
    measuring = false;
    roundStarted = System.nanoTime();
    tick();
  }

  synchronized void measuring() {
    measuring = true;
  }

  /**
   * A round's end.
   *
   * @param result what came of it, in words
   * @param trouble what has to be seen of it
   * @param streams how many streams it had
   * @param spent what the whole run cost so far, such as {@code 0.0123 USD}; empty where nothing is
   *     charged or no price is known
   */
  record RoundEnd(String result, Trouble trouble, long streams, Optional<String> spent) {}

  /** How much went wrong in a round. */
  enum Trouble {
    /** Nothing. */
    NONE,
    /** Streams failed, which the tables show too. */
    STREAMS,
    /** The round has no figures. */
    ROUND
  }

  synchronized void roundEnds(final RoundEnd end) {
    finished++;
    streams += end.streams();
    spent = end.spent();
    final String line =
        String.format(
            Locale.ROOT,
            "[%d/%d] %s: %s (%s)%s%s",
            finished,
            size.rounds(),
            current,
            end.result(),
            words(Duration.ofNanos(System.nanoTime() - roundStarted)),
            spent.map(usd -> ", " + usd + " so far").orElse(""),
            finished == size.rounds() ? "" : ", about " + words(left()) + " left");
    current = null;
    final boolean shown =
        switch (style) {
          case LINES -> true;
          case TERMINAL -> end.trouble() != Trouble.NONE;
          case QUIET -> end.trouble() == Trouble.ROUND;
        };
    if (shown) {
      out.println((style == Style.TERMINAL ? CLEAR_LINE : "") + line);
    }
  }

  private Duration left() {
    final long elapsed = System.nanoTime() - started;
    return finished == 0
        ? size.expected().minusNanos(elapsed)
        : Duration.ofNanos(elapsed / finished * (size.rounds() - finished));
  }

  private synchronized void tick() {
    if (style == Style.TERMINAL && current != null) {
      out.print(CLEAR_LINE + line(current));
      out.flush();
    }
  }

  /** Where names are long, they give way to the figures. */
  private String line(final String what) {
    final String before = String.format(Locale.ROOT, "[%d/%d] ", finished + 1, size.rounds());
    final String after =
        String.format(
            Locale.ROOT,
            "%s: %,d/%,d streams%s, ends %s",
            measuring ? "" : " (warm-up)",
            streams,
            size.streams(),
            spent.map(usd -> ", " + usd).orElse(""),
            end());
    final int room = Math.max(1, COLUMNS - before.length() - after.length());
    return before + (what.length() <= room ? what : what.substring(0, room - 1) + "…") + after;
  }

  /** To the nearest minute. */
  private String end() {
    final ZonedDateTime now = ZonedDateTime.now(clock);
    final ZonedDateTime end = now.plus(left()).plusSeconds(30);
    return (end.toLocalDate().equals(now.toLocalDate()) ? TODAY : LATER).format(end);
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
    if (style == Style.TERMINAL) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }
}
