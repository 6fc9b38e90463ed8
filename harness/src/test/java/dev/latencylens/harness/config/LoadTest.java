package dev.latencylens.harness.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadTest {
  private final Path directory;
  private final ConfigurationFile file;

  LoadTest(@TempDir final Path directory) {
    this.directory = directory;
    file = new ConfigurationFile(directory);
  }

  private List<Load> loads(final String yaml) throws ConfigurationException {
    return file.load(ConfigurationFile.TARGETS + yaml).loads();
  }

  private static Load.Open open(
      final Arrivals law, final OptionalInt streams, final Optional<Duration> duration) {
    return new Load.Open(law, new Extent(streams, duration), Load.DEFAULT_IN_FLIGHT);
  }

  @Test
  void eachLawIsRead() throws Exception {
    final Optional<Duration> minute = Optional.of(Duration.ofMinutes(1));
    final OptionalInt any = OptionalInt.empty();
    Files.writeString(directory.resolve("t.csv"), "offset_s,input_tokens,output_tokens\n0,1,1\n");

    assertThat(
            loads(
                """
                load:
                  - { streams: 9, concurrency: 3 }
                  - { arrivals: constant, rate: 2, duration: 1m }
                  - { arrivals: poisson, rate: 2.5, streams: 40 }
                  - { arrivals: gamma, rate: 2, burstiness: 0.5, duration: 1m, max_in_flight: 7 }
                  - { arrivals: ramp, rate: 0, to_rate: 9, duration: 1m }
                  - { arrivals: steps, steps: [{ rate: 1, duration: 1s }, { rate: 0, duration: 2s }] }
                  - { arrivals: trace, trace: t.csv }
                """))
        .containsExactly(
            new Load.Closed(9, 3, Load.Users.THREADS),
            open(new Arrivals.Constant(2), any, minute),
            open(new Arrivals.Poisson(2.5), OptionalInt.of(40), Optional.empty()),
            new Load.Open(new Arrivals.Gamma(2, 0.5), new Extent(any, minute), 7),
            open(new Arrivals.Ramp(0, 9), any, minute),
            open(
                new Arrivals.Steps(
                    List.of(
                        new Arrivals.Step(1, Duration.ofSeconds(1)),
                        new Arrivals.Step(0, Duration.ofSeconds(2)))),
                any,
                Optional.empty()),
            open(
                new Arrivals.Trace(directory.toAbsolutePath().resolve("t.csv")),
                any,
                Optional.empty()));
  }

  @Test
  void aListOfRatesIsALoadForEach() throws Exception {
    assertThat(loads("load: { arrivals: poisson, rate: [1, 2, 40.5], duration: 30s }\n"))
        .extracting(Load::label)
        .containsExactly("poisson 1/s for 30s", "poisson 2/s for 30s", "poisson 40.5/s for 30s");
  }

  @Test
  void manyUsersAreTasksUnlessThreadsAreAskedFor() throws Exception {
    assertThat(
            loads(
                """
                load:
                  - { streams: 2000, concurrency: 2000 }
                  - { streams: 200, concurrency: 200, users: threads }
                  - { streams: 200, concurrency: 200, users: tasks }
                """))
        .extracting(load -> ((Load.Closed) load).users())
        .containsExactly(Load.Users.TASKS, Load.Users.THREADS, Load.Users.TASKS);
  }

  @Test
  void theManifestHasEachLoadAsItIsWritten() throws Exception {
    final Configuration read =
        file.load(
            ConfigurationFile.TARGETS
                + "load: { arrivals: gamma, rate: 2, burstiness: 0.5, duration: 90s }\n");

    assertThat(read.redacted())
        .containsEntry(
            "load",
            Map.of(
                "arrivals",
                "gamma",
                "rate",
                2.0,
                "burstiness",
                0.5,
                "duration",
                "90s",
                "max_in_flight",
                1_000L));
  }

  @Test
  void loadsThatDifferInTheirCeilingAloneHaveNamesOfTheirOwn() throws Exception {
    assertThat(
            loads(
                """
                load:
                  - { arrivals: poisson, rate: 2, duration: 1m }
                  - { arrivals: poisson, rate: 2, duration: 1m, max_in_flight: 5 }
                """))
        .extracting(Load::label)
        .containsExactly("poisson 2/s for 1m", "poisson 2/s for 1m, at most 5 in flight");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ arrivals: poisson, duration: 1s }|4:19: arrivals: poisson needs the key \"rate\"",
        "{ arrivals: gamma, rate: 1, streams: 3 }|4:19: arrivals: gamma needs the key"
            + " \"burstiness\"",
        "{ rate: 3 }|4:15: rate has no effect with arrivals: closed",
        "{ arrivals: constant, rate: 1, streams: 3, concurrency: 2 }|4:63: concurrency has no"
            + " effect with arrivals: constant",
        "{ arrivals: steps, steps: [{ rate: 1, duration: 1s }], rate: 2 }|4:68: rate has no effect"
            + " with arrivals: steps",
        "{ arrivals: poisson, rate: 2 }|4:19: arrivals of this kind never end: give a duration, or"
            + " streams",
        "{ arrivals: ramp, rate: 0, to_rate: 0, duration: 1s }|4:31: the higher rate of a ramp"
            + " must be from 0.001 to 1000000 per second",
        "{ arrivals: poisson, rate: 0, duration: 1s }|4:34: the rate must be from 0.001 to 1000000"
            + " per second",
        "{ arrivals: trace, trace: none.csv }|4:33: trace can't be read: \"none.csv\"",
        "{ arrivals: poisson, rate: [1, x], duration: 1s }|4:38: rate must be a number from 0 to"
            + " 1000000, but is \"x\"",
        "[{ streams: 5 }, { streams: 5 }]|4:7: two of the loads are the same",
        "[]|4:7: load must give from 1 to 100 loads"
      })
  void aLoadThatCantBeIsRefusedWithItsPlace(final String load, final String problem) {
    assertThat(file.problems(ConfigurationFile.TARGETS + "load: " + load + "\n"))
        .containsExactly(problem);
  }

  @Test
  void limitsOfTargetProviderAndRunAreAllPassed() throws Exception {
    final Configuration read =
        file.load(
            """
            targets:
              - { provider: openai, model: a }
              - { provider: openai, model: b, limits: { streams_in_flight: 2 } }
              - { provider: cohere, model: c }
            limits:
              requests_per_second: 5
              providers: { openai: { tokens_per_minute: 1000 } }
              run: { requests_per_minute: 60 }
            """);

    assertThat(read.targets())
        .extracting(
            target -> read.limits().of(target).stream().map(LimitSettings.Named::name).toList())
        .containsExactly(
            List.of("target openai/a", "provider openai", "run"),
            List.of("target openai/b", "provider openai", "run"),
            List.of("target cohere/c", "run"));
    assertThat(read.limits().of(read.targets().get(0)).get(0).limits().requestsPerSecond())
        .hasValue(5);
    assertThat(read.limits().of(read.targets().get(1)).get(0).limits())
        .satisfies(
            own -> {
              assertThat(own.requestsPerSecond()).isEmpty();
              assertThat(own.streamsInFlight()).hasValue(2);
            });
  }

  @Test
  void budgetAndSafeguardsAreRead() throws Exception {
    final Configuration read =
        file.load(
            ConfigurationFile.TARGETS
                + """
                budget: { requests: 7, usd: 0.25 }
                stop_target: { error_share: 0.1 }
                retries: 2
                objectives: { ttft: 500ms }
                """);

    assertThat(read.safeguards().budget().requests()).hasValue(7);
    assertThat(read.safeguards().budget().picoUsd()).hasValue(250_000_000_000L);
    assertThat(read.safeguards().budget().tokens()).isEmpty();
    assertThat(read.safeguards().errorStop()).isEqualTo(new ErrorStop(0.1, 50));
    assertThat(read.safeguards().retries()).isEqualTo(2);
    assertThat(read.objectives().ttft()).contains(Duration.ofMillis(500));
    assertThat(read.redacted())
        .containsEntry("budget", Map.of("requests", 7L, "usd", 0.25))
        .containsEntry("objectives", Map.of("ttft", "500ms", "share", 0.99));
  }
}
