package dev.latencylens.results.page;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/** What a section draws. The page's program has one way of drawing for each kind. */
sealed interface Plot {

  /** The name by which the page's program knows how to draw it. */
  @JsonProperty
  String kind();

  /**
   * Percentile curves over HdrHistogram's axis, 1 / (1 − quantile).
   *
   * @param series one a cell
   */
  record Curves(List<Curve> series) implements Plot {
    public Curves {
      series = List.copyOf(series);
    }

    @Override
    public String kind() {
      return "curves";
    }
  }

  /**
   * One cell's curve.
   *
   * @param name the cell
   * @param points quantile and milliseconds, rising
   * @param limit the first quantile at which deadlines cut the curve off, and the milliseconds that
   *     it reaches there at least
   */
  record Curve(String name, List<List<Double>> points, Optional<List<Double>> limit) {
    public Curve {
      points = points.stream().map(List::copyOf).toList();
      limit = limit.map(List::copyOf);
    }
  }

  /**
   * How readings lie, in classes of the same width on a logarithmic axis.
   *
   * @param edges the milliseconds at which classes begin and end: one more than there are classes
   * @param series one a cell
   */
  record Distributions(List<Double> edges, List<Shares> series) implements Plot {
    public Distributions {
      edges = List.copyOf(edges);
      series = List.copyOf(series);
    }

    @Override
    public String kind() {
      return "distributions";
    }
  }

  /**
   * One cell's distribution.
   *
   * @param name the cell
   * @param percent the share of its readings in each class, in percent
   */
  record Shares(String name, List<Double> percent) {
    public Shares {
      percent = List.copyOf(percent);
    }
  }

  /**
   * Streams as bars over the time of the run.
   *
   * @param cells the cells, from the top
   * @param lanes how many bars each cell has above one another
   * @param outcomes the outcomes' names
   * @param streams of each stream, in milliseconds but for the first, second and the last two: its
   *     cell and lane from 0, its intended start, {@code queue}, set-up (the wait for a connection
   *     and its opening), {@code ttft}, {@code e2e} and {@code total} (below 0 for what it never
   *     came to), its round, and its outcome from 0
   */
  record Timeline(
      List<Name> cells, List<Integer> lanes, List<String> outcomes, List<List<Double>> streams)
      implements Plot {
    public Timeline {
      cells = List.copyOf(cells);
      lanes = List.copyOf(lanes);
      outcomes = List.copyOf(outcomes);
      streams = streams.stream().map(List::copyOf).toList();
    }

    @Override
    public String kind() {
      return "timeline";
    }
  }

  /**
   * How a plot calls a cell.
   *
   * @param id its id in the run, which is short
   * @param name its name
   */
  record Name(String id, String name) {}

  /**
   * One mark a cell.
   *
   * @param across what lies along the horizontal axis
   * @param up what lies along the vertical axis
   * @param marks the cells
   */
  record Scatter(String across, String up, List<Mark> marks) implements Plot {
    public Scatter {
      marks = List.copyOf(marks);
    }

    @Override
    public String kind() {
      return "scatter";
    }
  }

  /**
   * A mark.
   *
   * @param name the cell
   * @param across where it is horizontally
   * @param up where it is vertically
   */
  record Mark(String name, double across, double up) {}

  /**
   * Figures of each round, in milliseconds.
   *
   * @param rounds the rounds' numbers
   * @param cells the rounds' cells
   * @param series the figures
   */
  record Rounds(List<Integer> rounds, List<String> cells, List<Figures> series) implements Plot {
    public Rounds {
      rounds = List.copyOf(rounds);
      cells = List.copyOf(cells);
      series = List.copyOf(series);
    }

    @Override
    public String kind() {
      return "rounds";
    }
  }

  /**
   * One figure of each round.
   *
   * @param name what it is
   * @param values one a round, in milliseconds, where it is known
   */
  record Figures(String name, List<Optional<Double>> values) {
    public Figures {
      values = List.copyOf(values);
    }
  }

  /**
   * Changes with their bounds beside their margins.
   *
   * @param standings what is said of any of them: the series
   * @param changes the compared quantiles, from the top
   */
  record Forest(List<String> standings, List<Change> changes) implements Plot {
    public Forest {
      standings = List.copyOf(standings);
      changes = List.copyOf(changes);
    }

    @Override
    public String kind() {
      return "forest";
    }
  }

  /**
   * One compared quantile.
   *
   * @param label what stands beside it: ids and a statistic, nothing that a run names
   * @param cells what is compared
   * @param standing its series
   * @param verdict what is said of it, with the reason
   * @param change the change in words
   * @param bounds the lower bound, the ratio and the upper bound
   * @param margin the share from which on a change matters
   */
  record Change(
      String label,
      String cells,
      String standing,
      String verdict,
      String change,
      List<Double> bounds,
      double margin) {
    public Change {
      bounds = List.copyOf(bounds);
    }
  }

  /**
   * Times by rate of arrivals.
   *
   * @param objective the milliseconds that were asked for
   * @param series the curves, each a target's quantile
   */
  record Sweep(Optional<Double> objective, List<SweepCurve> series) implements Plot {
    public Sweep {
      series = List.copyOf(series);
    }

    @Override
    public String kind() {
      return "sweep";
    }
  }

  /**
   * One quantile of one target over the rates.
   *
   * @param name what it is
   * @param points rate per second, milliseconds, and 1 where the objectives were met, else 0
   */
  record SweepCurve(String name, List<List<Double>> points) {
    public SweepCurve {
      points = points.stream().map(List::copyOf).toList();
    }
  }
}
