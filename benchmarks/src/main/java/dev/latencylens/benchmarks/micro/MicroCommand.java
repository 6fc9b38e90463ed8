package dev.latencylens.benchmarks.micro;

import dev.latencylens.benchmarks.console.Commands;
import dev.latencylens.benchmarks.console.Whereabouts;
import java.io.PrintStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code scripts/bench micro}: what the suite's own code costs, with what it allocates. */
@Command(
    name = "bench micro",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs the microbenchmarks of the suite's own code, each in a JVM of its own, and prints",
      "time and allocation of an operation as a table in Markdown, with the ratio to its",
      "baseline where it has one. Takes about five minutes; asks no service.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 done, 1 a benchmark failed, 2 bad arguments.",
      "",
      "Examples:",
      "  scripts/bench micro",
      "  scripts/bench micro --quick Decoding",
    })
public final class MicroCommand implements Callable<Integer> {

  /** What JMH's allocation profiler calls the bytes of one operation. */
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private static final String ALL =
      "dev\\.latencylens\\.benchmarks\\."
          + "(micro\\.(Framing|Decoding|Provider|Receiving|Recording|Limiter|LoadPlan|PostProcessing"
          + "|Clock)|validate\\.Path)Benchmark\\.";

  /** What is compared: a benchmark and the one that does the same in the usual way. */
  private static final Map<String, String> BASELINES =
      Map.of(
          "FramingBenchmark.sse", "FramingBenchmark.sseLineEnds",
          "DecodingBenchmark.chat", "DecodingBenchmark.chatTree");

  private final PrintStream out;
  private final PrintStream log;

  @Parameters(
      arity = "0..1",
      paramLabel = "REGEX",
      description = "Only those whose class and method it matches.")
  private String only = "";

  @Option(names = "--quick", description = "Shorter, and less exact: half a minute.")
  private boolean quick;

  private MicroCommand(final PrintStream out, final PrintStream log) {
    this.out = out;
    this.log = log;
  }

  /**
   * Runs the command.
   *
   * @param out gets the table
   * @param log gets messages
   * @param arguments of the command line
   * @return the exit status
   */
  public static int run(final PrintStream out, final PrintStream log, final String... arguments) {
    return Commands.run(new MicroCommand(out, log), out, log, arguments);
  }

  @Override
  public Integer call() {
    try {
      final Pattern unused = Pattern.compile(only);
    } catch (final PatternSyntaxException e) {
      log.println("bench micro: " + only + " is no regular expression: " + e.getDescription());
      return Commands.BAD_INPUT;
    }
    final ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^(?=.*(?:" + only + "))" + ALL)
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            // Else the forks would take over this process's arguments.
            .jvmArgs("-Xms512m");
    if (quick) {
      options
          .warmupIterations(1)
          .measurementIterations(1)
          .warmupTime(TimeValue.milliseconds(500))
          .measurementTime(TimeValue.milliseconds(500));
    }
    try {
      log.println("bench micro: measuring ...");
      print(new Runner(options.build()).run());
      return Commands.DONE;
    } catch (final RunnerException e) {
      log.println("bench micro: " + e.getMessage());
      return Commands.FAILED;
    }
  }

  private void print(final Collection<RunResult> results) {
    out.printf("%s%n%n", Whereabouts.here());
    out.println("| benchmark | time | unit | bytes allocated | times as fast as |");
    out.println("|:--|--:|:--|--:|:--|");
    final Map<String, Double> times = new HashMap<>();
    results.forEach(result -> times.put(name(result), result.getPrimaryResult().getScore()));
    for (final RunResult result : results) {
      final Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
      final String baseline = BASELINES.getOrDefault(name(result), "");
      out.printf(
          Locale.ROOT,
          "| %s | %.4g | %s | %s | %s |%n",
          name(result) + parameters(result),
          result.getPrimaryResult().getScore(),
          result.getPrimaryResult().getScoreUnit(),
          allocated == null ? "" : String.format(Locale.ROOT, "%.3g", allocated.getScore()),
          Optional.ofNullable(times.get(baseline))
              .map(usual -> usual / result.getPrimaryResult().getScore())
              .map(ratio -> String.format(Locale.ROOT, "%.2f x %s", ratio, baseline))
              .orElse(""));
    }
  }

  private static String name(final RunResult result) {
    final String method = result.getParams().getBenchmark();
    return method.substring(method.lastIndexOf('.', method.lastIndexOf('.') - 1) + 1);
  }

  private static String parameters(final RunResult result) {
    final StringBuilder text = new StringBuilder();
    for (final String key : result.getParams().getParamsKeys()) {
      text.append(' ').append(result.getParams().getParam(key));
    }
    return text.toString();
  }
}
