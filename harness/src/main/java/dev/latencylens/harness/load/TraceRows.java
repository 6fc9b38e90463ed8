package dev.latencylens.harness.load;

import dev.latencylens.harness.config.Extent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Checks the rows of one trace file, and collects what is in them or what is wrong with them. */
final class TraceRows {
  /** Nobody mends more than this at once. */
  private static final int MOST_PROBLEMS = 20;

  private static final int MOST_TOKENS = 10_000_000;
  private static final long LATEST_NANOS = TimeUnit.DAYS.toNanos(366);

  /** More digits than any time needs; the exponent is bounded apart. */
  private static final int MOST_CHARACTERS = 40;

  private final Path file;
  private final List<TraceException.Problem> problems = new ArrayList<>();
  private final RecordedTrace.Builder trace = new RecordedTrace.Builder();
  private OptionalLong first = OptionalLong.empty();
  private long last;
  private long lastLine;

  TraceRows(final Path file) {
    this.file = file;
  }

  /** Ends the reading. */
  static final class FullException extends Exception {
    private static final long serialVersionUID = 1L;

    FullException() {
      super("no more is wanted");
    }
  }

  void problem(final long line, final String message) throws FullException {
    problems.add(new TraceException.Problem(line, message));
    if (problems.size() == MOST_PROBLEMS) {
      problems.add(
          new TraceException.Problem(0, "there may be more: reading ended after 20 problems"));
      throw new FullException();
    }
  }

  /** One row, as text. */
  void row(
      final long line,
      final TraceColumns columns,
      final String when,
      final String input,
      final String output)
      throws FullException {
    final OptionalLong nanos = nanos(line, columns.time(), when);
    final boolean failed = columns.output().zeroIsFailure() && output.equals("0");
    final OptionalInt inputTokens =
        failed ? OptionalInt.empty() : tokens(line, columns.input(), input);
    final OptionalInt outputTokens =
        failed ? OptionalInt.empty() : tokens(line, columns.output().name(), output);
    if (nanos.isEmpty() || !inOrder(line, columns.time(), nanos.getAsLong())) {
      return;
    }
    if (failed) {
      trace.skip();
    } else if (inputTokens.isPresent() && outputTokens.isPresent()) {
      if (trace.size() == Extent.MOST_STARTS) {
        problem(
            line,
            "a trace has at most "
                + Extent.MOST_STARTS
                + " rows: cut the file to what is to be replayed");
        throw new FullException();
      }
      trace.add(
          nanos.getAsLong() - (columns.time().rebased() ? first.orElseThrow() : 0),
          inputTokens.getAsInt(),
          outputTokens.getAsInt());
    }
  }

  private boolean inOrder(final long line, final TraceColumns.Time column, final long nanos)
      throws FullException {
    if (first.isEmpty()) {
      first = OptionalLong.of(nanos);
    } else if (nanos < last) {
      problem(line, column.name() + " is before that of line " + lastLine + ": sort the rows");
      return false;
    }
    last = nanos;
    lastLine = line;
    return true;
  }

  private OptionalLong nanos(final long line, final TraceColumns.Time column, final String text)
      throws FullException {
    final BigDecimal value;
    try {
      if (text.length() > MOST_CHARACTERS) {
        throw new NumberFormatException("too long");
      }
      value = new BigDecimal(text);
    } catch (final NumberFormatException e) {
      problem(line, column.name() + " must be a number");
      return OptionalLong.empty();
    }
    // The exponent first: arithmetic on 1e999999999 would take all memory.
    final boolean sane = Math.abs((long) value.scale()) <= MOST_CHARACTERS && value.signum() >= 0;
    final BigDecimal nanos =
        sane
            ? value.movePointRight(column.nanosDigits()).setScale(0, RoundingMode.HALF_EVEN)
            : BigDecimal.ZERO;
    if (!sane || nanos.compareTo(BigDecimal.valueOf(LATEST_NANOS)) > 0) {
      problem(
          line,
          column.name()
              + " must be from 0 to "
              + BigDecimal.valueOf(LATEST_NANOS).movePointLeft(column.nanosDigits()).toBigInteger()
              + " (366 days)");
      return OptionalLong.empty();
    }
    return OptionalLong.of(nanos.longValueExact());
  }

  private OptionalInt tokens(final long line, final String column, final String text)
      throws FullException {
    try {
      final int tokens = Integer.parseInt(text);
      if (tokens >= 1 && tokens <= MOST_TOKENS) {
        return OptionalInt.of(tokens);
      }
    } catch (final NumberFormatException e) {
      // Said below.
    }
    problem(line, column + " must be a whole number from 1 to " + MOST_TOKENS);
    return OptionalInt.empty();
  }

  /** Says what is wrong with the file as a whole, whatever was found before. */
  RecordedTrace refuse(final String message) throws TraceException {
    problems.add(new TraceException.Problem(0, message));
    return trace();
  }

  /** All that was read, if nothing is wrong with it. */
  RecordedTrace trace() throws TraceException {
    if (problems.isEmpty() && trace.size() == 0) {
      problems.add(new TraceException.Problem(0, "holds no arrival"));
    }
    if (!problems.isEmpty()) {
      throw new TraceException(file, problems);
    }
    return trace.build();
  }
}
