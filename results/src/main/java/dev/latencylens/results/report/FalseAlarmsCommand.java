package dev.latencylens.results.report;

import dev.latencylens.results.stats.alarm.FalseAlarms;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * {@code scripts/false-alarms}: measures on simulated data how often the verdicts' tests are wrong.
 * Exit status: 0 all claims hold, 1 one does not, 2 bad arguments.
 */
@Command(
    name = "false-alarms",
    mixinStandardHelpOptions = true,
    description =
        "Measures on simulated runs how often each test says \"slower\" (one-sided 5%%, before the"
            + " margin).",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:every claim holds", "1:a claim does not hold", "2:bad arguments"})
public final class FalseAlarmsCommand implements Callable<Integer> {
  private static final int HOLDS = 0;
  private static final int DOES_NOT_HOLD = 1;
  private static final int BAD_INPUT = 2;
  private static final int DATA_SETS = 1_000;
  private static final String ROW = "%-32s %-7s %9s  %-10s %s%n";

  private final PrintStream out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "the seed of the generator (by default ${DEFAULT-VALUE})",
      defaultValue = "1")
  private long seed;

  private FalseAlarmsCommand(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs the command without ending the process.
   *
   * @param out gets the table
   * @param err gets errors
   * @param arguments the command line
   * @return the exit status
   */
  public static int run(PrintStream out, PrintStream err, String... arguments) {
    return new CommandLine(new FalseAlarmsCommand(out))
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((e, ignored) -> refuse(err, e))
        .execute(arguments);
  }

  private static int refuse(PrintStream err, ParameterException e) {
    err.println("false-alarms: " + e.getMessage() + "; usage: false-alarms [--seed N]");
    return BAD_INPUT;
  }

  @Override
  public Integer call() {
    boolean all = true;
    out.printf(Locale.ROOT, ROW, "design", "test", "\"slower\"", "claim", "holds");
    for (FalseAlarms.Count count : FalseAlarms.count(seed, DATA_SETS)) {
      Claim claim = Claim.of(count);
      boolean holds = claim.holds(count.rejected());
      all &= holds;
      out.printf(
          Locale.ROOT,
          ROW,
          count.design().label(),
          count.test().name().toLowerCase(Locale.ROOT),
          count.rejected(),
          claim,
          claim == Claim.NONE ? "" : holds ? "yes" : "NO");
    }
    out.printf(
        Locale.ROOT,
        "Of %d simulated data sets a design: 10 blocks of 300 requests each arm, seed %d.%n",
        DATA_SETS,
        seed);
    return all ? HOLDS : DOES_NOT_HOLD;
  }

  /** What is claimed of a count out of {@link #DATA_SETS}. */
  private enum Claim {
    NONE(0, DATA_SETS, ""),
    LEVEL(37, 64, "37 to 64"),
    FAMILY(0, 64, "at most 64"),
    POWER(950, DATA_SETS, ">= 950"),
    // Negative controls: a test that fails to fail here would prove nothing elsewhere.
    TOO_MANY(65, DATA_SETS, "over 64");

    private final int least;
    private final int most;
    private final String text;

    Claim(int least, int most, String text) {
      this.least = least;
      this.most = most;
      this.text = text;
    }

    static Claim of(FalseAlarms.Count count) {
      return switch (count.design()) {
        case NO_CHANGE -> count.test() == FalseAlarms.Test.HOLM ? FAMILY : LEVEL;
        case SLOWER_BY_TENTH -> count.test() == FalseAlarms.Test.P50 ? POWER : NONE;
        case SEPARATE_SESSIONS -> count.test() == FalseAlarms.Test.P50 ? TOO_MANY : NONE;
        case POOLED_REQUESTS -> TOO_MANY;
      };
    }

    boolean holds(int rejected) {
      return rejected >= least && rejected <= most;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
