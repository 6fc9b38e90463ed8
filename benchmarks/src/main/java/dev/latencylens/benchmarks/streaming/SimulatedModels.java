package dev.latencylens.benchmarks.streaming;

import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.SimulatorOptions;

/**
 * The models that the embedded simulator serves to a run. A model's name states its medians, so
 * that a table can be checked by eye: {@code sim-ttft120-gap8} sends its first token after 120 ms
 * and then one every 8 ms. A model of any other name, as in a rehearsal, sends its first token
 * after 150 ms and one every 12 ms.
 */
public final class SimulatedModels {
  /** What the client is warmed on: many short streams. */
  static final String WARM_UP = "sim-warm-up";

  /** What the canary reads: 50 events a second. */
  static final String CANARY = "sim-canary";

  private static final ModelProfile STEADY = ModelProfile.defaults();

  private SimulatedModels() {}

  /**
   * The simulator's options for a run.
   *
   * @param seed fixes every stream's schedule
   * @return TLS on any free port, with all models of this class
   */
  public static SimulatorOptions options(final long seed) {
    return SimulatorOptions.defaults()
        .withSeed(seed)
        .withOtherModels(lively("ttft-ms=150,gap-ms=12"))
        .withModel(WARM_UP, STEADY.with("ttft-ms=5,gap-ms=2,tokens=64"))
        .withModel(CANARY, STEADY.with("ttft-ms=20,gap-ms=20,tokens=64"))
        .withModel("sim-ttft120-gap8", lively("ttft-ms=120,gap-ms=8"))
        .withModel("sim-ttft350-gap20", lively("ttft-ms=350,gap-ms=20"))
        .withModel("sim-ttft200-gap10", lively("ttft-ms=200,gap-ms=10"))
        .withModel("sim-ttft400-gap22", lively("ttft-ms=400,gap-ms=22"))
        .withModel("sim-ttft80-gap6", lively("ttft-ms=80,gap-ms=6"))
        .withModel("sim-ttft250-gap15", lively("ttft-ms=250,gap-ms=15"));
  }

  /** Spread as real services show it: log-normal around the medians. */
  private static ModelProfile lively(final String medians) {
    return STEADY.with(medians + ",ttft-sigma=0.2,gap-sigma=0.4,tokens=32");
  }
}
