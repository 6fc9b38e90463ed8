package dev.latencylens.benchmarks.runner;

import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.config.Target;
import java.util.List;

/**
 * What is measured where no configuration is given: three providers' dialects, two simulated models
 * each. Sized so that two blocks give each cell the 662 streams that a p99 needs, within three
 * minutes on two cores.
 */
final class DefaultRun {
  private static final int STREAMS = 340;
  private static final int CONCURRENCY = 40;

  private DefaultRun() {}

  static Configuration configuration() {
    return Configuration.of(
            List.of(
                Target.of("openai", "sim-ttft120-gap8"),
                Target.of("openai", "sim-ttft350-gap20"),
                Target.of("anthropic", "sim-ttft200-gap10"),
                Target.of("anthropic", "sim-ttft400-gap22"),
                Target.of("google", "sim-ttft80-gap6"),
                Target.of("google", "sim-ttft250-gap15")))
        .withLoad(Load.Closed.of(STREAMS, CONCURRENCY));
  }
}
