package dev.latencylens.benchmarks.runner;

import dev.latencylens.benchmarks.console.Commands;
import dev.latencylens.benchmarks.console.PrivateConfiguration;
import dev.latencylens.harness.config.Arrivals;
import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.ConfigurationException;
import dev.latencylens.harness.config.ConfigurationReader;
import dev.latencylens.harness.config.Extent;
import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.config.Safeguards;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.limit.Spending;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.results.page.SweepPage;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.table.Summary;
import dev.latencylens.results.table.SweepTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code scripts/sweep}: for each target the highest rate of arrivals at which enough streams meet
 * the configured objectives, by a list of rates or by a search.
 */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    versionProvider = BenchCommand.Version.class,
    sortOptions = false,
    description =
        "Looks for the highest rate of arrivals at which the streams of each target meet the"
            + " objectives of the configuration (objectives: ttft, tpot, share), and prints a table"
            + " of all rates that were tried. Each is a run of its own, one after the other.",
    footer = {
      "",
      "Exit status: 0 done, 1 no rate met the objectives or something failed,",
      "2 bad arguments or configuration.",
      "",
      "Examples:",
      "  scripts/sweep --config my.yaml --from 1 --to 50",
      "  scripts/sweep --config my.yaml --rates 5,10,20,40 --duration 60s --simulate"
    })
public final class SweepCommand implements Callable<Integer> {

  private final PrintStream out;
  private final PrintStream log;
  private final SweepTable table = new SweepTable();
  private @Nullable Summary last;
  private Spending.Cost spent = Spending.Cost.NOTHING;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration; its load is replaced, its objectives are what counts.")
  private Path config = Path.of("");

  @Option(names = "--simulate", description = "Rehearse on the embedded simulator.")
  private boolean simulate;

  @Option(
      names = "--rates",
      paramLabel = "LIST",
      split = ",",
      description = "The rates to try, in starts per second.")
  private List<Double> rates = List.of();

  @Option(names = "--from", paramLabel = "RATE", description = "Search: the lowest rate.")
  private @Nullable Double from;

  @Option(names = "--to", paramLabel = "RATE", description = "Search: the highest rate.")
  private @Nullable Double to;

  @Option(
      names = "--probes",
      paramLabel = "N",
      description = "Search: how many rates to try for each target (8).")
  private int probes = 8;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = Seconds.class,
      description = "How long each rate is held, such as 30s or 2m (30s).")
  private Duration duration = Duration.ofSeconds(30);

  @Option(
      names = "--constant",
      description = "Arrivals at equal gaps; else they come as independent users do (poisson).")
  private boolean constant;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Gets sweep.csv, sweep.html and a run directory for each rate. Default: results/runs/….")
  private @Nullable Path directory;

  @Option(
      names = "--quiet",
      description = "Tell nothing of the progress; warnings and errors stay.")
  private boolean quiet;

  private SweepCommand(final PrintStream out, final PrintStream log) {
    this.out = out;
    this.log = log;
  }

  /**
   * Runs the command without ending the process.
   *
   * @param out gets the table and its path
   * @param log gets progress, warnings and errors
   * @param arguments see {@code --help}
   * @return the exit status
   */
  public static int run(final PrintStream out, final PrintStream log, final String... arguments) {
    return Commands.run(new SweepCommand(out, log), out, log, arguments);
  }

  @Override
  public Integer call() throws IOException {
    final Configuration configuration;
    try {
      configuration = ConfigurationReader.read(config, Providers.load());
      check(configuration);
      if (!simulate) {
        PrivateConfiguration.require(config, configuration);
      }
    } catch (final ConfigurationException | IllegalArgumentException wrong) {
      log.println("sweep: " + wrong.getMessage());
      return Commands.BAD_INPUT;
    }
    try (Interruption watched = Interruption.watch("sweep", log)) {
      return sweep(configuration, watched);
    }
  }

  private int sweep(final Configuration configuration, final Interruption interruption)
      throws IOException {
    final Path home =
        directory != null
            ? directory
            : Measurement.defaultDirectory(configuration.name().orElse("sweep"));
    final long seed = Measurement.seed(configuration);
    boolean allFound = true;
    for (final Target target : configuration.targets()) {
      if (interruption.requested()) {
        break;
      }
      try {
        allFound &= sweep(configuration.withTargets(List.of(target)), seed, home, interruption);
      } catch (final MissingKeyException | IllegalArgumentException refused) {
        log.println("sweep: " + refused.getMessage());
        if (table.size() == 0) {
          return Commands.BAD_INPUT;
        }
        // The budget is used up, with something measured.
        allFound = false;
        break;
      }
    }
    final Path csv = table.write(home.resolve("sweep.csv"));
    out.print(table.text());
    out.println(csv);
    if (last != null) {
      out.println(Files.writeString(home.resolve("sweep.html"), SweepPage.render(table, last)));
    }
    return allFound ? Commands.DONE : Commands.FAILED;
  }

  private void check(final Configuration configuration) {
    if (!configuration.objectives().stated()) {
      throw new IllegalArgumentException(
          config + " states no objectives: add objectives: { ttft: 500ms } or the like");
    }
    final boolean search = from != null || to != null;
    if (search == !rates.isEmpty()) {
      throw new IllegalArgumentException("give either --rates, or --from and --to");
    }
    if (search && (from == null || to == null || !(from <= to))) {
      throw new IllegalArgumentException("a search needs --from and --to, the lower one first");
    }
    if (probes < 1) {
      throw new IllegalArgumentException("--probes must be at least 1");
    }
    rates.forEach(this::load);
    if (from != null && to != null) {
      load(from);
      load(to);
    }
  }

  private Load load(final double rate) {
    return new Load.Open(
        constant ? new Arrivals.Constant(rate) : new Arrivals.Poisson(rate),
        Extent.lasting(duration),
        Load.DEFAULT_IN_FLIGHT);
  }

  /** Tries the rates of one target; whether any met the objectives. */
  private boolean sweep(
      final Configuration ofTarget,
      final long seed,
      final Path home,
      final Interruption interruption)
      throws IOException, MissingKeyException {
    final String name = ofTarget.targets().get(0).name();
    if (!rates.isEmpty()) {
      boolean any = false;
      for (final double rate : rates) {
        if (interruption.requested()) {
          break;
        }
        any |= probe(ofTarget, rate, seed, home, interruption);
      }
      return any;
    }
    final RateSearch search = new RateSearch(from == null ? 0 : from, to == null ? 0 : to, probes);
    for (OptionalDouble rate = search.next();
        rate.isPresent() && !interruption.requested();
        rate = search.next()) {
      search.tried(
          rate.getAsDouble(), probe(ofTarget, rate.getAsDouble(), seed, home, interruption));
    }
    log.println(
        search.highest().isPresent()
            ? String.format(
                Locale.ROOT, "%s: met up to %.3g/s", name, search.highest().getAsDouble())
            : name + ": not met at any rate that was tried");
    return search.highest().isPresent();
  }

  private boolean probe(
      final Configuration ofTarget,
      final double rate,
      final long seed,
      final Path home,
      final Interruption interruption)
      throws IOException, MissingKeyException {
    final Safeguards safeguards = ofTarget.safeguards();
    final Configuration probed =
        ofTarget
            .withLoad(load(rate))
            .withSafeguards(
                new Safeguards(
                    safeguards.budget().less(spent.requests(), spent.tokens(), spent.picoUsd()),
                    safeguards.errorStop(),
                    safeguards.retries()));
    try (Preparation preparation =
        simulate
            ? Preparation.simulated(Arm.only(probed), seed)
            : Preparation.real(Arm.only(probed), seed)) {
      final RunDirectory run =
          RunDirectory.create(
              home.resolve(String.format(Locale.ROOT, "probe-%02d", table.size() + 1)));
      final Measurement.Done done =
          Measurement.run(
              preparation,
              seed,
              probed.name().orElse("sweep"),
              run,
              log,
              Progress.Style.of(quiet),
              interruption);
      spent = spent.plus(done.spent());
      if (interruption.requested()) {
        // Nobody knows whether this rate would have been met.
        return false;
      }
      final Summary summary = Summary.read(run);
      last = summary;
      return table.add(summary.rows().get(0), rate, probed.objectives().share(), run.path());
    }
  }

  /** A time as the configuration writes it. */
  static final class Seconds implements CommandLine.ITypeConverter<Duration> {
    @Override
    public Duration convert(final String text) {
      return Extent.parse(text)
          .orElseThrow(
              () -> new CommandLine.TypeConversionException("'" + text + "' is no time like 30s"));
    }
  }
}
