package dev.latencylens.benchmarks.runner;

import dev.latencylens.harness.secret.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * Takes what JMH and the fork print, so that it does not garble the progress lines; the last lines
 * are kept to explain a fork that died. Thread-safe.
 */
final class CapturedOutput implements OutputFormat {
  private static final int KEPT_LINES = 40;

  private final Runnable measuring;
  private final Deque<String> lines = new ArrayDeque<>();
  private final StringBuilder unfinished = new StringBuilder();

  /**
   * Makes an empty capture.
   *
   * @param measuring is called when the warm-up is over
   */
  CapturedOutput(final Runnable measuring) {
    this.measuring = measuring;
  }

  /**
   * What was printed last.
   *
   * @return at most {@value #KEPT_LINES} lines
   */
  synchronized List<String> lastLines() {
    return List.copyOf(lines);
  }

  @Override
  public void iteration(
      final BenchmarkParams benchmark, final IterationParams params, final int iteration) {
    if (params.getType() == IterationType.MEASUREMENT) {
      measuring.run();
    }
  }

  @Override
  public void iterationResult(
      final BenchmarkParams benchmark,
      final IterationParams params,
      final int iteration,
      final IterationResult data) {}

  @Override
  public void startBenchmark(final BenchmarkParams benchmark) {}

  @Override
  public void endBenchmark(final BenchmarkResult result) {}

  @Override
  public void startRun() {}

  @Override
  public void endRun(final Collection<RunResult> results) {}

  @Override
  public synchronized void print(final String text) {
    for (int i = 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      if (c == '\n') {
        keep();
      } else {
        unfinished.append(c);
      }
    }
  }

  private void keep() {
    if (lines.size() == KEPT_LINES) {
      lines.removeFirst();
    }
    lines.addLast(Redactor.redact(unfinished.toString()));
    unfinished.setLength(0);
  }

  @Override
  public void println(final String text) {
    print(text + "\n");
  }

  @Override
  public void verbosePrintln(final String text) {}

  @Override
  public void write(final int b) {
    print(String.valueOf((char) b));
  }

  @Override
  public void write(final byte[] bytes) {
    print(new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
