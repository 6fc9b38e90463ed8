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
  PACING("ttft-ms=60,gap-ms=5,tokens=4") {
    @Override
    String yaml() {
      return """
          load: { arrivals: constant, rate: 200, duration: 30s, max_in_flight: 500 }
          rounds: 1
          """;
    }

    @Override
    void print(final SuiteRun run, final SimulatorProcess simulator, final Report report) {
      report.pacing(run.row());
    }
  },

  /** A limit holds at the release, and what the service sees of it. */
  LIMITS("ttft-ms=20,gap-ms=5,tokens=4") {
    @Override
    String yaml() {
      return """
          load: { streams: 2420, concurrency: 60, users: tasks }
          limits: { requests_per_second: RATE, burst: BURST }
          rounds: 1
          """
          .replace("RATE", Integer.toString(Report.RATE))
          .replace("BURST", Integer.toString(Report.BURST));
    }

    @Override
    void print(final SuiteRun run, final SimulatorProcess simulator, final Report report)
        throws IOException, InterruptedException {
      report.limits(run, simulator);
    }
  },

  /** 1,000 streams at once, at a pace that two cores carry. */
  MANY("ttft-ms=200,gap-ms=100,tokens=600") {
    @Override
    String yaml() {
      return THOUSAND_USERS;
    }

    @Override
    void print(final SuiteRun run, final SimulatorProcess simulator, final Report report) {
      report.many("10", run);
    }
  },

  /** 1,000 streams at once, at a pace that two cores do not carry. */
  OVERLOAD("ttft-ms=200,gap-ms=20,tokens=3000") {
    @Override
    String yaml() {
      return THOUSAND_USERS;
    }

    @Override
    void print(final SuiteRun run, final SimulatorProcess simulator, final Report report) {
      report.many("50", run);
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

  Proof(final String profile) {
    this.profile = profile;
  }

  abstract String yaml();

  abstract void print(SuiteRun run, SimulatorProcess simulator, Report report)
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
      print(SuiteRun.of(scratch, simulator, yaml()), simulator, report);
    }
  }
}
