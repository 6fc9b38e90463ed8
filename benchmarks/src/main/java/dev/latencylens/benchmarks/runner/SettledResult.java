package dev.latencylens.benchmarks.runner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * A result of JMH that nobody adds to any more, and which therefore derives its secondary results
 * once. JMH's own derives all of an iteration's labels anew for each label that its JSON format
 * writes: with some hundred labels, seconds a round, and more with every block.
 */
// JMH declares its results with raw types.
@SuppressWarnings("rawtypes")
final class SettledResult {
  private SettledResult() {}

  /**
   * Settles a result.
   *
   * @param result of JMH; not changed
   * @return one that says the same in all that JMH's formats ask for
   */
  static RunResult of(final RunResult result) {
    final List<BenchmarkResult> forks = new ArrayList<>();
    for (final BenchmarkResult fork : result.getBenchmarkResults()) {
      final List<IterationResult> iterations = new ArrayList<>();
      fork.getIterationResults().forEach(iteration -> iterations.add(new Iteration(iteration)));
      final BenchmarkResult settled =
          new BenchmarkResult(fork.getParams(), iterations, fork.getMetadata());
      for (final Map.Entry<String, Collection<Result>> added :
          fork.getBenchmarkResults().entrySet()) {
        added.getValue().forEach(settled::addBenchmarkResult);
      }
      forks.add(settled);
    }
    return new RunResult(result.getParams(), forks);
  }

  private static final class Iteration extends IterationResult {
    private static final long serialVersionUID = 1;

    private final LinkedHashMap<String, Result> secondary;

    Iteration(final IterationResult iteration) {
      super(iteration.getBenchmarkParams(), iteration.getParams(), iteration.getMetadata());
      addResults(iteration.getRawPrimaryResults());
      addResults(iteration.getRawSecondaryResults().values());
      secondary = new LinkedHashMap<>(super.getSecondaryResults());
    }

    @Override
    public Map<String, Result> getSecondaryResults() {
      return secondary;
    }
  }
}
