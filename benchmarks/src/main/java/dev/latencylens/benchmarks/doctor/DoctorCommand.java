package dev.latencylens.benchmarks.doctor;

import dev.latencylens.benchmarks.console.Commands;
import dev.latencylens.benchmarks.console.Home;
import dev.latencylens.benchmarks.console.PrivateConfiguration;
import dev.latencylens.benchmarks.console.Whereabouts;
import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.ConfigurationException;
import dev.latencylens.harness.config.ConfigurationReader;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.secret.KeyRing;
import dev.latencylens.results.table.TerminalSummary;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/doctor}: whether all is well, before anything is measured. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "With --config: looks whether each target's key is there, and at the way to it: name,",
      "connection, TLS, HTTP version, certificate, clock. No key and no prompt is sent; the",
      "requests are two HEADs of the base URL.",
      "Without: looks at this machine, and at the embedded simulator."
    },
    footer = {
      "",
      "Exit status: 0 all is well, 1 something is not, 2 bad arguments or configuration.",
      "",
      "Examples:",
      "  scripts/doctor",
      "  scripts/doctor --config my.yaml",
      "  scripts/doctor --config my.yaml --send",
      "  scripts/doctor --config my.yaml --security"
    })
public final class DoctorCommand implements Callable<Integer> {

  private final PrintStream out;
  private final PrintStream log;
  private final Map<String, String> environment;

  @Option(names = "--config", paramLabel = "FILE", description = "The configuration in YAML.")
  private @Nullable Path config;

  @Option(
      names = "--send",
      description = {
        "Also ask each target for one very short stream, with its key: a few tokens that the",
        "provider bills."
      })
  private boolean send;

  @Option(
      names = "--security",
      description = {
        "Instead of all that: check who can read the configuration, key files and runs, and print a",
        "checklist for a deployment. Reads no key, and connects to nothing."
      })
  private boolean security;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      description = "The directory of runs that --security looks at. Default: results/runs.")
  private @Nullable Path runs;

  private DoctorCommand(
      final PrintStream out, final PrintStream log, final Map<String, String> environment) {
    this.out = out;
    this.log = log;
    this.environment = environment;
  }

  /**
   * Runs the command without ending the process.
   *
   * @param out gets the findings
   * @param log gets errors
   * @param arguments see {@code --help}
   * @return the exit status
   */
  public static int run(final PrintStream out, final PrintStream log, final String... arguments) {
    return run(out, log, System.getenv(), arguments);
  }

  /** The same with an environment in which keys are looked for. */
  static int run(
      final PrintStream out,
      final PrintStream log,
      final Map<String, String> environment,
      final String... arguments) {
    return Commands.run(new DoctorCommand(out, log, environment), out, log, arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (send && security) {
      return refuse("--security connects to nothing, and --send would: choose one");
    }
    if (runs != null && !security) {
      return refuse("--runs goes with --security");
    }
    if (send && config == null) {
      return refuse("--send asks the targets of a configuration: add --config FILE");
    }
    try {
      if (security) {
        return security();
      }
      return config == null ? machine() : targets(config);
    } catch (final ConfigurationException | IllegalArgumentException e) {
      return refuse(Commands.inWords(e));
    }
  }

  private int machine() throws InterruptedException {
    out.print(Whereabouts.here() + "\n\n");
    final List<Finding> findings = new ArrayList<>(MachineChecks.all());
    try {
      final TargetReport simulator = SimulatorCheck.check(line -> log.println("doctor: " + line));
      out.print(Finding.render(findings) + "\n");
      out.print("The embedded simulator:\n" + TargetTable.render(List.of(simulator)));
      note();
      findings.addAll(simulator.findings());
    } catch (final IOException e) {
      findings.add(
          new Finding(
              State.FAIL,
              "simulator",
              "it does not start: " + Commands.inWords(e),
              "see that nothing forbids this user to listen on 127.0.0.1, and try"
                  + " scripts/simulate"));
      out.print(Finding.render(findings));
    }
    return verdict(findings);
  }

  private int targets(final Path file) throws ConfigurationException, IOException {
    final Configuration configuration = ConfigurationReader.read(file, Providers.load());
    // Looking for a key may run a command that the file names.
    PrivateConfiguration.require(file, configuration);
    final List<TargetReport> reports = new ArrayList<>();
    try (KeyRing keys =
        new KeyRing(environment, configuration.keys().dotEnv(), configuration.keys().vault())) {
      final TargetChecks checks =
          new TargetChecks(configuration, configuration.providers(), keys, send);
      for (final Target target : configuration.targets()) {
        reports.add(checks.check(target));
      }
    }
    out.print(TargetTable.render(reports));
    note();
    return verdict(reports.stream().flatMap(report -> report.findings().stream()).toList());
  }

  private int security() throws ConfigurationException {
    final List<Finding> findings = new ArrayList<>();
    if (config != null) {
      findings.addAll(
          SecurityChecks.of(config, ConfigurationReader.read(config, Providers.load())));
    }
    findings.addAll(FileModes.ofRuns(runs == null ? Home.runs() : runs));
    findings.addAll(OperatorDuties.all());
    out.print(Finding.render(findings));
    return verdict(findings);
  }

  private void note() {
    out.print(
        """

        Times in ms, of a client that is not warmed up: signs of life, no measurement.
        clock s is the server's clock less this machine's, to half a second.
        """);
  }

  private int verdict(final List<Finding> findings) {
    final long failed = findings.stream().filter(each -> each.state() == State.FAIL).count();
    if (failed > 0) {
      out.print("\n" + failed + (failed == 1 ? " thing is" : " things are") + " not well.\n");
    }
    return failed == 0 ? Commands.DONE : Commands.FAILED;
  }

  private int refuse(final String message) {
    message
        .lines()
        .forEach(line -> log.println("doctor: " + TerminalSummary.safe(List.of(line)).get(0)));
    return Commands.BAD_INPUT;
  }
}
