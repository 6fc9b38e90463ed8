package dev.latencylens.results.history;

import dev.latencylens.results.table.Decimal;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Points with their intervals, one line each, over one linear scale. Immutable. */
final class HistoryPlot {
  private static final int WIDTH = 40;

  private final double least;
  private final double most;

  private HistoryPlot(double least, double most) {
    this.least = least;
    this.most = most;
  }

  /** A plot whose scale holds all points with their intervals. */
  static HistoryPlot of(List<HistoryPoint> points) {
    double[] all =
        points.stream()
            .flatMap(
                point ->
                    Stream.of(point.value(), point.interval().low(), point.interval().high())
                        .flatMap(value -> value.stream().boxed()))
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    return all.length == 0 ? new HistoryPlot(0, 0) : new HistoryPlot(all[0], all[all.length - 1]);
  }

  /** The ends of the scale; empty where all points are the same. */
  String scale() {
    if (!hasScale()) {
      return " ".repeat(WIDTH);
    }
    String left = Decimal.threeDigits(least);
    String right = Decimal.threeDigits(most);
    return left + " ".repeat(Math.max(1, WIDTH - left.length() - right.length())) + right;
  }

  /** A point as {@code o} within its interval; blanks for one without a value. */
  String line(HistoryPoint point) {
    StringBuilder line = new StringBuilder(" ".repeat(WIDTH));
    if (point.value().isPresent() && hasScale()) {
      OptionalDouble low = point.interval().low();
      OptionalDouble high = point.interval().high();
      if (low.isPresent() && high.isPresent()) {
        for (int i = column(low.getAsDouble()); i <= column(high.getAsDouble()); i++) {
          line.setCharAt(i, '-');
        }
      }
      line.setCharAt(column(point.value().getAsDouble()), 'o');
    }
    return line.toString();
  }

  private boolean hasScale() {
    return most > least;
  }

  private int column(double value) {
    return (int) Math.round((value - least) / (most - least) * (WIDTH - 1));
  }
}
