package dev.latencylens.benchmarks.runner;

import dev.latencylens.benchmarks.console.Commands;
import dev.latencylens.benchmarks.console.PrivateConfiguration;
import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.ConfigurationException;
import dev.latencylens.harness.config.ConfigurationReader;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.results.care.Retention;
import dev.latencylens.results.github.StepSummary;
import dev.latencylens.results.report.OpenMetricsFile;
import dev.latencylens.results.report.PrintedForm;
import dev.latencylens.results.report.RunReport;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.table.MarkdownSummary;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code scripts/bench}: measures the targets of a configuration, or the embedded simulator where
 * none is given, and prints the comparative tables.
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = BenchCommand.Version.class,
    sortOptions = false,
    description = {
      "Measures how fast language models stream, and prints comparative tables.",
      "Without --config or --provider it measures the embedded simulator: no key, no network, three",
      "minutes."
    },
    footer = {
      "",
      "Exit status: 0 done, 1 measured but something failed, 2 bad arguments or configuration,",
      "130 after Ctrl-C and 143 after kill, with the tables of the rounds that were finished.",
      "",
      "Examples:",
      "  scripts/bench",
      "  scripts/bench --provider vllm --base-url http://127.0.0.1:8000/v1 --model NAME",
      "  scripts/bench --config my.yaml --simulate",
      "  scripts/bench --config my.yaml --dry-run",
      "  scripts/bench --config my.yaml --rounds 10",
      "  scripts/bench --arm before=old.yaml --arm after=new.yaml",
      "  scripts/bench --arm before=jar:old.jar --arm after=jar:new.jar",
      "  scripts/bench --config my.yaml --quiet --json > results.json",
      "  scripts/bench --config my.yaml --out results/runs/before-the-upgrade"
    })
public final class BenchCommand implements Callable<Integer> {

  private final PrintStream out;
  private final PrintStream log;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration in YAML. Where it is absent the simulator is measured.")
  private @Nullable Path config;

  @Option(
      names = "--arm",
      paramLabel = "NAME=FILE",
      description = {
        "One side of a comparison: a configuration, or with jar:FILE another build of this suite.",
        "Given twice or more; all sides run in the same blocks, for scripts/compare to judge.",
        "Builds measure what --config says. The arm called before, or the first, is the baseline."
      })
  private Map<String, String> arms = new LinkedHashMap<>();

  @Option(
      names = "--simulate",
      description = {
        "Rehearse the configuration on the embedded simulator: the same requests in the same",
        "dialects, no key, nothing sent to any service."
      })
  private boolean simulate;

  @Option(
      names = "--dry-run",
      description = {
        "Print the plan and leave it at that: cells, rounds, requests, the expected time and what",
        "it can cost at most. No key is needed, and nothing is sent."
      })
  private boolean dryRun;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run directory itself. Default: results/runs/<UTC time>-<name>.")
  private @Nullable Path directory;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = {
        "How many blocks; in each, every cell runs once. Default: as configured, or 2; 10 where",
        "something is compared."
      })
  private @Nullable Integer rounds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Fixes the order of the rounds. Default: as configured, or drawn and recorded.")
  private @Nullable Long seed;

  @Mixin private TargetFlags flags = new TargetFlags();

  @Mixin private PrintedForm printed = new PrintedForm();

  @Option(
      names = "--quiet",
      description = "Tell nothing of the progress; warnings and errors stay.")
  private boolean quiet;

  @Mixin private OpenMetricsFile openMetrics = new OpenMetricsFile();

  @Option(
      names = "--print-config",
      description = {
        "Print the configuration in YAML that --provider and its options amount to, and leave it",
        "at that."
      })
  private boolean printConfig;

  private BenchCommand(final PrintStream out, final PrintStream log) {
    this.out = out;
    this.log = log;
  }

  /**
   * Runs the command without ending the process.
   *
   * @param out gets the tables and their paths
   * @param log gets progress, warnings and errors
   * @param arguments see {@code --help}
   * @return the exit status
   */
  public static int run(final PrintStream out, final PrintStream log, final String... arguments) {
    return Commands.run(new BenchCommand(out, log), out, log, arguments);
  }

  @Override
  public Integer call() throws IOException {
    final List<Arm> effective;
    final Configuration configuration;
    final long chosenSeed;
    final Preparation preparation;
    try {
      checkSource();
      if (printConfig) {
        out.print(flags.yaml(Optional.ofNullable(rounds), Optional.ofNullable(seed)));
        return Commands.DONE;
      }
      effective = effective();
      configuration = effective.get(0).configuration();
      PromptCheck.warnings(configuration)
          .forEach(finding -> log.println("bench: warning: " + finding));
      chosenSeed = Measurement.seed(configuration);
      if (dryRun) {
        printPlan(effective, chosenSeed);
        return Commands.DONE;
      }
      if (real()) {
        requirePrivate(effective);
      }
      preparation =
          real()
              ? Preparation.real(effective, chosenSeed)
              : Preparation.simulated(effective, chosenSeed);
    } catch (final ConfigurationException | MissingKeyException | IllegalArgumentException e) {
      log.println("bench: " + e.getMessage());
      // The other missing keys, so that they can be set all at once.
      for (final Throwable other : e.getSuppressed()) {
        log.println("bench: " + other.getMessage());
      }
      return Commands.BAD_INPUT;
    }
    try (preparation;
        Interruption interruption = Interruption.watch("bench", log)) {
      final String name = configuration.name().orElse(real() ? "bench" : "simulator");
      final RunDirectory run;
      try {
        run =
            RunDirectory.create(directory != null ? directory : Measurement.defaultDirectory(name));
      } catch (final IOException e) {
        log.println("bench: " + Commands.inWords(e));
        return Commands.BAD_INPUT;
      }
      final RunReport report =
          Measurement.run(
                  preparation, chosenSeed, name, run, log, Progress.Style.of(quiet), interruption)
              .report();
      tellOfExpiredRuns(run);
      report.warnings().forEach(warning -> log.println("bench: warning: " + warning));
      out.print(printed.of(report));
      out.flush();
      StepSummary.of(System.getenv())
          .append(MarkdownSummary.render(report.summary()))
          .ifPresent(warning -> log.println("bench: warning: " + warning));
      openMetrics.write(report.summary());
      return report.somethingFailed() ? Commands.FAILED : Commands.DONE;
    }
  }

  private void requirePrivate(final List<Arm> effective) throws IOException {
    for (final Arm arm : effective) {
      final Path file =
          arm.name().isEmpty() || arm.build().isPresent()
              ? config
              : Path.of(Objects.requireNonNull(arms.get(arm.name())));
      if (file != null) {
        PrivateConfiguration.require(file, arm.configuration());
      }
    }
  }

  private void printPlan(final List<Arm> effective, final long chosenSeed) {
    final RunPlan plan = Preparation.planOnly(effective, chosenSeed, !real());
    final RunEstimate estimate = new RunEstimate(plan, RunPrices.of(plan));
    estimate.lines().forEach(out::println);
    estimate.refusal().ifPresent(reason -> log.println("bench: it would not start: " + reason));
  }

  /** Nothing is erased without being asked for. */
  private void tellOfExpiredRuns(final RunDirectory run) throws IOException {
    final Path runs = run.path().toAbsolutePath().getParent();
    final int expired = runs == null ? 0 : Retention.expired(runs).size();
    if (expired > 0) {
      log.println(
          "bench: "
              + expired
              + (expired == 1 ? " run is" : " runs are")
              + " past the time that they were to be kept: scripts/erase --expired");
    }
  }

  private boolean real() {
    return (config != null || flags.given() || (!arms.isEmpty() && !Arms.hasBuild(arms)))
        && !simulate;
  }

  private void checkSource() {
    if (config != null && flags.given()) {
      throw new IllegalArgumentException(
          "--config and --provider exclude each other: the file says what is measured, or the"
              + " options do");
    }
    if (printConfig && !flags.given()) {
      throw new IllegalArgumentException(
          "--print-config needs --provider and --model: it prints what they amount to");
    }
    if (!arms.isEmpty() && !Arms.hasBuild(arms) && (config != null || flags.given())) {
      throw new IllegalArgumentException(
          "--config and --provider say what builds measure, and no arm is one: leave them out");
    }
    flags.check();
    openMetrics
        .objection()
        .ifPresent(
            objection -> {
              throw new IllegalArgumentException(objection);
            });
  }

  private List<Arm> effective() throws ConfigurationException {
    final Configuration configuration = shared();
    if (arms.isEmpty()) {
      return Arm.only(decided(configuration, configuration.rounds()));
    }
    final List<Arm> decided = new ArrayList<>();
    for (final Arm arm : Arms.read(arms, configuration)) {
      final Configuration own = arm.configuration();
      final int blocks = own.givenRounds().orElse(Configuration.COMPARED_ROUNDS);
      decided.add(new Arm(arm.name(), decided(own, blocks), arm.build()));
    }
    Arms.requireComparable(decided);
    return List.copyOf(decided);
  }

  /** What is measured where arms do not say it themselves. */
  private Configuration shared() throws ConfigurationException {
    if (flags.given()) {
      return flags.configuration(Optional.ofNullable(rounds), Optional.ofNullable(seed));
    }
    return config == null
        ? DefaultRun.configuration()
        : ConfigurationReader.read(config, Providers.load());
  }

  /** With what the command line decides. */
  private Configuration decided(final Configuration configuration, final int blocks) {
    final Configuration sized = configuration.withRounds(rounds == null ? blocks : rounds);
    return seed == null ? sized : sized.withSeed(seed);
  }

  /** Says what was built. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return List.of("Latency Lens " + HostFacts.versions().get("suite")).toArray(new String[0]);
    }
  }
}
