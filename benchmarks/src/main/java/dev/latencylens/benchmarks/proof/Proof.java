package dev.latencylens.benchmarks.proof;

import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import dev.latencylens.fixtures.simulator.SimulatorProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** What is to be seen: a load, what it is asked of, and what is said of it afterwards. */
enum Proof {
  /** Arrivals come when they are due. */
  PACING(
      "ttft-ms=60,gap-ms=5,tokens=4",
      """
      load: { arrivals: constant, rate: 200, duration: 30s, max_in_flight: 500 }
      rounds: 1
      """) {
    @Override
    void show(final Path scratch, final SimulatorProcess simulator, final Report report)
        throws IOException, InterruptedException {
      report.pacing(SuiteRun.of(scratch, simulator, yaml()).row());
    }
  },

  /** A limit holds at the release, and what the service sees of it. */
  LIMITS(
      "ttft-ms=20,gap-ms=5,tokens=4",
      """
      load: { streams: 2420, concurrency: 60, users: tasks }
      limits: { requests_per_second: RATE, burst: BURST }
      rounds: 1
      """
          .replace("RATE", Integer.toString(Report.RATE))
          .replace("BURST", Integer.toString(Report.BURST))) {
    @Override
    void show(final Path scratch, final SimulatorProcess simulator, final Report report)
        throws IOException, InterruptedException {
      report.limits(SuiteRun.of(scratch, simulator, yaml()), simulator);
    }
  },

  /** 1,000 streams at once, at a pace that two cores carry. */
  MANY("ttft-ms=200,gap-ms=100,tokens=600", Proof.THOUSAND_USERS) {
    @Override
    void show(final Path scratch, final SimulatorProcess simulator, final Report report)
        throws IOException, InterruptedException {
      report.many("10", SuiteRun.of(scratch, simulator, yaml()));
    }
  },

  /** 1,000 streams at once, at a pace that two cores do not carry. */
  OVERLOAD("ttft-ms=200,gap-ms=20,tokens=3000", Proof.THOUSAND_USERS) {
    @Override
    void show(final Path scratch, final SimulatorProcess simulator, final Report report)
        throws IOException, InterruptedException {
      report.many("50", SuiteRun.of(scratch, simulator, yaml()));
    }
  },

  /** How much of a run goes into neither measuring nor warming. */
  SHARE(
      "ttft-ms=60,gap-ms=5,tokens=4",
      """
      load: { arrivals: constant, rate: 20, duration: 20s }
      rounds: 4
      """) {
    @Override
    void show(final Path scratch, final SimulatorProcess simulator, final Report report)
        throws IOException, InterruptedException {
      final long begun = System.nanoTime();
      final SuiteRun run = SuiteRun.of(scratch, simulator, yaml());
      report.share(run, System.nanoTime() - begun);
    }
  },

  /** What the canary costs the streams beside it: the same load without it and with it. */
  CANARY(
      "ttft-ms=100,gap-ms=20,tokens=50",
      """
      load: { streams: 200, concurrency: 100 }
      comparison: { metrics: [ttft, gap] }
      """) {
    @Override
    void show(final Path scratch, final SimulatorProcess simulator, final Report report)
        throws IOException, InterruptedException {
      report.table(
          SuiteRun.compared(
              scratch, simulator, yaml() + "canary_share: 0\n", yaml() + "canary_share: 0.02\n"));
    }
  };

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A thousand handshakes at once take some ten seconds on two cores. */
  private static final String THOUSAND_USERS =
      """
      workload: { max_output_tokens: 4096 }
      load: { streams: 1000, concurrency: 1000, users: tasks }
      deadlines: { connect: 60s, first_byte: 90s, first_token: 90s, idle: 60s, total: 300s }
      rounds: 1
      """;

  private final String profile;
  private final String yaml;

  Proof(final String profile, final String yaml) {
    this.profile = profile;
    this.yaml = yaml;
  }

  /** The configuration without its targets. */
  String yaml() {
    return yaml;
  }

  abstract void show(Path scratch, SimulatorProcess simulator, Report report)
      throws IOException, InterruptedException;

  /**
   * Makes the run and prints what it shows.
   *
   * @param scratch an empty directory
   * @param report where it goes
   * @param log gets what the simulator complains of
   */
  void run(final Path scratch, final Report report, final Consumer<String> log)
      throws IOException, InterruptedException {
    try (SimulatorProcess simulator =
        SimulatorProcess.start(
            SimulatorOptions.defaults()
                .withOtherModels(ModelProfile.defaults().with(profile))
                .withCaDirectory(scratch),
            PATIENCE,
            log)) {
      show(scratch, simulator, report);
    }
  }
}
