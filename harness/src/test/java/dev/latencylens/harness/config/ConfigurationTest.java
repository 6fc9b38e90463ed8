package dev.latencylens.harness.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.secret.VaultSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  static final String DOCUMENTED =
      """
      targets:
        - provider: openai
          model: gpt-4o-mini
          base_url: https://api.openai.com/v1     # optional; the provider's own by default
          ca_bundle: ca.pem                       # optional
      workload: { prompt: "Say hello in one sentence.", max_output_tokens: 64 }
      load: { streams: 100, concurrency: 10 }   # for each round of each cell
      deadlines: { connect: 5s, first_byte: 30s, first_token: 30s, idle: 10s, total: 120s }
      limits: { requests_per_second: 10, burst: 20 }
      """;

  private final Path directory;
  private final ConfigurationFile file;

  ConfigurationTest(@TempDir final Path directory) {
    this.directory = directory;
    file = new ConfigurationFile(directory);
  }

  @Test
  void documentedFormIsReadToWhatItSays() throws Exception {
    Files.writeString(directory.resolve("ca.pem"), ConfigurationFile.PEM);

    assertThat(file.load(DOCUMENTED))
        .isEqualTo(
            new Configuration(
                Optional.empty(),
                List.of(
                    new Target(
                        "openai/gpt-4o-mini",
                        "openai",
                        "gpt-4o-mini",
                        Optional.of(URI.create("https://api.openai.com/v1")),
                        Network.trusting(Optional.of(directory.resolve("ca.pem").toAbsolutePath())),
                        new KeyReference.ProviderDefault(),
                        TargetOptions.NONE,
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())),
                new Workload(
                    "default",
                    "Say hello in one sentence.",
                    Optional.empty(),
                    64,
                    ModelSettings.NONE),
                List.of(Load.Closed.of(100, 10)),
                new Deadlines(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(120)),
                LimitSettings.eachTarget(new Limits(OptionalDouble.of(10), 20)),
                Safeguards.DEFAULT,
                Objectives.NONE,
                Comparison.DEFAULT,
                Http2.EXCLUSIVE,
                Connections.DEFAULT,
                64L << 20,
                8L << 20,
                0.02,
                new KeySettings(
                    Map.of(), VaultSettings.FROM_ENVIRONMENT, Optional.of(file.dotEnv())),
                DataCare.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalLong.empty()));
  }

  @Test
  void onlyTargetsAreNeededAndTheRestIsTheProgrammaticDefault() throws Exception {
    assertThat(file.load(ConfigurationFile.TARGETS).redacted())
        .isEqualTo(Configuration.of(List.of(Target.of("openai", "gpt-4o-mini"))).redacted());
  }

  @Test
  void everyKeyHasAnEffect() throws Exception {
    final Configuration read =
        file.load(
            """
            name: nightly-2
            targets:
              - name: mine
                provider: anthropic
                model: claude-x
                base_url: https://LOCALHOST:8443/v1/
                verify_ssl: true
                key: { env: MY_KEY }
              - { provider: openai, model: m, base_url: "http://127.0.0.1:8000", key: none }
            workload:
              name: short
              system: Be brief.
              prompt: |
                Two
                lines
              max_output_tokens: 1
            load: { streams: 7 }
            deadlines: { connect: 1ms, first_byte: 1.5s, first_token: 2m, idle: 1h, total: 24h }
            limits: { requests_per_second: 0.5 }
            http2: off
            connections:
              pool_size: 7
              max_idle_per_host: 0
              pool_idle_timeout: 100ms
              reuse: false
              prepare: false
              resume_sessions: true
            max_stream_bytes: 1KiB
            canary_share: 0.5
            comparison:
              metrics: [ttft, gap]
              margins: { p50: 0.02, p99: 0.5 }
              pairs: [{ baseline: mine, candidate: openai/m }]
            rounds: 11
            seed: -9223372036854775808
            """);

    assertThat(read)
        .isEqualTo(
            new Configuration(
                Optional.of("nightly-2"),
                List.of(
                    new Target(
                        "mine",
                        "anthropic",
                        "claude-x",
                        Optional.of(URI.create("https://localhost:8443/v1")),
                        Network.DEFAULT,
                        KeyReference.Places.environment("MY_KEY"),
                        TargetOptions.NONE,
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                    new Target(
                        "openai/m",
                        "openai",
                        "m",
                        Optional.of(URI.create("http://127.0.0.1:8000")),
                        Network.DEFAULT,
                        new KeyReference.None(),
                        TargetOptions.NONE,
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())),
                new Workload(
                    "short", "Two\nlines\n", Optional.of("Be brief."), 1, ModelSettings.NONE),
                List.of(Load.Closed.of(7, 7)),
                new Deadlines(
                    Duration.ofMillis(1),
                    Duration.ofMillis(1500),
                    Duration.ofMinutes(2),
                    Duration.ofHours(1),
                    Duration.ofHours(24)),
                LimitSettings.eachTarget(new Limits(OptionalDouble.of(0.5), 1)),
                Safeguards.DEFAULT,
                Objectives.NONE,
                new Comparison(
                    List.of(Comparison.Measure.TTFT, Comparison.Measure.GAP),
                    new Comparison.Margins(0.02, 0.1, 0.5),
                    List.of(new Comparison.Pair("mine", "openai/m"))),
                Http2.OFF,
                new Connections(7, 0, Duration.ofMillis(100), false, false, true),
                1024,
                8L << 20,
                0.5,
                new KeySettings(
                    Map.of(), VaultSettings.FROM_ENVIRONMENT, Optional.of(file.dotEnv())),
                DataCare.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.of(11),
                OptionalLong.of(Long.MIN_VALUE)));
  }

  @ParameterizedTest
  @CsvSource({"0.5, 1", "10, 1", "10.1, 2", "1000, 100"})
  void burstDefaultsToATenthOfASecond(final double rate, final int burst) throws Exception {
    assertThat(
            file.load(ConfigurationFile.TARGETS + "limits: { requests_per_second: " + rate + " }")
                .limits()
                .eachTarget())
        .isEqualTo(new Limits(OptionalDouble.of(rate), burst));
  }

  @Test
  void relativeFileNameAndByteOrderMarkAndAnchorsAreFine() throws Exception {
    assertThat(
            file.load(
                    """
                    \uFEFFtargets:
                      - { provider: &p openai, model: a }
                      - { provider: *p, model: b }
                    """)
                .targets())
        .extracting(Target::name)
        .containsExactly("openai/a", "openai/b");
  }

  @Test
  void recordsRefuseWhatAFileCouldNotSay() {
    final Target target = Target.of("openai", "m");

    assertThatThrownBy(() -> Configuration.of(List.of()))
        .hasMessage("a configuration needs at least one target");
    assertThatThrownBy(() -> Configuration.of(List.of(target, target)))
        .hasMessage("two targets are called openai/m");
    assertThatThrownBy(() -> Load.Closed.of(1, 2))
        .hasMessage("concurrency must not be above streams");
    assertThatThrownBy(() -> Load.Closed.of(0, 0)).hasMessageContaining("streams must be from 1");
    assertThatThrownBy(() -> new Limits(OptionalDouble.of(Double.NaN), 1))
        .hasMessageContaining("requests_per_second must be from");
    assertThatThrownBy(() -> Target.of("openai", "a\nb")).hasMessageContaining("printable");
    assertThatThrownBy(
            () ->
                new Target(
                    "t",
                    "openai",
                    "m",
                    Optional.of(URI.create("http://example.com")),
                    Network.DEFAULT,
                    new KeyReference.None(),
                    TargetOptions.NONE,
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))
        .hasMessageContaining("plain http is accepted on loopback alone");
  }

  @Test
  void copiesChangeOneThing() {
    final Configuration base = Configuration.of(List.of(Target.of("openai", "m")));
    final Configuration changed = base.withRounds(5).withSeed(7).withLoad(Load.Closed.of(1, 1));

    assertThat(changed.rounds()).isEqualTo(5);
    assertThat(changed.seed()).hasValue(7);
    assertThat(changed.loads()).containsExactly(Load.Closed.of(1, 1));
    assertThat(changed.withRounds(2).withLoad(Load.Closed.DEFAULT).targets())
        .isEqualTo(base.targets());
  }
}
