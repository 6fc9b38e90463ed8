package dev.latencylens.benchmarks.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.latencylens.harness.address.IpLiteral;
import dev.latencylens.harness.config.Arrivals;
import dev.latencylens.harness.config.Budget;
import dev.latencylens.harness.config.BundledDialects;
import dev.latencylens.harness.config.ClientCertificate;
import dev.latencylens.harness.config.Connections;
import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.config.ErrorStop;
import dev.latencylens.harness.config.Extent;
import dev.latencylens.harness.config.HeaderValue;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.config.KeyReference;
import dev.latencylens.harness.config.LimitSettings;
import dev.latencylens.harness.config.Limits;
import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.config.ModelPrice;
import dev.latencylens.harness.config.ModelSettings;
import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.config.OutputTokens;
import dev.latencylens.harness.config.ProxyChoice;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.config.Workload;
import dev.latencylens.harness.limit.GateLevel;
import dev.latencylens.harness.limit.HeldBy;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.secret.KeyLocation;
import dev.latencylens.harness.stream.StreamRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundPlanTest {
  private final Path directory;

  RoundPlanTest(@TempDir final Path directory) {
    this.directory = directory;
  }

  @Test
  void aForkReadsWhatTheRunnerWrote() throws IOException {
    final RoundPlan full =
        plan(
            Optional.of(Path.of("/some/ca.pem")),
            Optional.of("MY_KEY"),
            Optional.of("Be brief.\nÄ \u2028"),
            new Limits(OptionalDouble.of(0.25), 3));
    final RoundPlan least =
        plan(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new Limits(OptionalDouble.empty(), 1));

    assertThat(writtenAndRead(full)).isEqualTo(full);
    assertThat(writtenAndRead(least)).isEqualTo(least);
  }

  @Test
  void aForkReadsEveryLoad() throws IOException {
    final List<Arrivals> laws =
        List.of(
            new Arrivals.Constant(0.1),
            new Arrivals.Poisson(2.5),
            new Arrivals.Gamma(3, 0.25),
            new Arrivals.Ramp(0, 1),
            new Arrivals.Steps(List.of(new Arrivals.Step(2, Duration.ofMillis(1_500)))),
            new Arrivals.Trace(Path.of("/a/trace.csv")));
    for (final Arrivals law : laws) {
      load =
          new Load.Open(law, new Extent(OptionalInt.of(3), Optional.of(Duration.ofSeconds(9))), 7);
      final RoundPlan plan =
          plan(Optional.empty(), Optional.empty(), Optional.empty(), Limits.NONE);

      assertThat(writtenAndRead(plan)).isEqualTo(plan);
    }
  }

  @Test
  void aMissingPlanIsNamed() {
    final Path missing = directory.resolve("none.json");

    assertThatThrownBy(() -> RoundPlan.read(missing))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.json");
  }

  @Test
  void withoutThePropertyThereIsNoPlan() throws IOException {
    assertThat(RoundPlan.ofThisProcess()).isEmpty();
  }

  private Load load = Load.Closed.of(12, 4);

  private RoundPlan writtenAndRead(final RoundPlan plan) throws IOException {
    final Path file = directory.resolve("round-1.json");
    plan.write(file);
    return RoundPlan.read(file);
  }

  private static Network network(final Optional<Path> caBundle) {
    return caBundle.isEmpty()
        ? Network.DEFAULT
        : new Network(
            caBundle,
            Optional.of(new ClientCertificate(Path.of("/a/own.pem"), Path.of("/a/own.key"))),
            List.of("sha256/" + "A".repeat(43) + "="),
            new ProxyChoice(false, Optional.of(URI.create("http://proxy.example:3128"))),
            List.of(IpLiteral.parse("169.254.10.1").orElseThrow()),
            true);
  }

  private RoundPlan plan(
      final Optional<Path> caBundle,
      final Optional<String> keyVariable,
      final Optional<String> system,
      final Limits limits) {
    final ModelSettings settings =
        keyVariable.isEmpty()
            ? ModelSettings.NONE
            : new ModelSettings(
                OptionalDouble.of(0.5),
                OptionalLong.of(3),
                List.of("END"),
                Optional.of("low"),
                OptionalInt.of(7),
                List.of(new StreamRequest.Tool("f", "Does f.", "{}")),
                OutputTokens.EXACT);
    return new RoundPlan(
        Path.of("/runs/a b"),
        7,
        Long.MIN_VALUE,
        3,
        "c002",
        new Target(
            "mine",
            "anthropic",
            "claude",
            Optional.of(URI.create("https://127.0.0.1:8443")),
            network(caBundle),
            keyVariable
                .<KeyReference>map(
                    variable ->
                        new KeyReference.Places(
                            List.of(
                                new KeyLocation.Environment(variable),
                                new KeyLocation.DotEnv(Path.of("/a/.env"), variable),
                                new KeyLocation.KeyFile(Path.of("/a/key")),
                                new KeyLocation.Vault("secret/a", "f", 1),
                                new KeyLocation.AwsSecret("id", Optional.of("f"), Optional.empty()),
                                new KeyLocation.Command(List.of("pass", "show")))))
                .orElseGet(KeyReference.None::new),
            new TargetOptions(
                keyVariable.isPresent()
                    ? Map.of(
                        "api", new TextNode("x"), "tree", new ObjectMapper().createObjectNode())
                    : Map.of()),
            keyVariable.isPresent()
                ? Map.of(
                    "A",
                    new HeaderValue.Literal("a"),
                    "B",
                    new HeaderValue.Secret(List.of(new KeyLocation.Environment("B_KEY"))))
                : Map.of(),
            keyVariable.map(unused -> "{\"a\":1}"),
            Optional.empty(),
            keyVariable.map(unused -> limits)),
        new Workload("w", "Say \"hello\".", system, 17, settings),
        load,
        new Deadlines(
            Duration.ofMillis(1),
            Duration.ofMillis(1_500),
            Duration.ofMinutes(2),
            Duration.ofNanos(1_234_567_891),
            Duration.ofHours(24)),
        List.of(new LimitSettings.Named("target mine", limits)),
        new Carried(
            Map.of("run", new GateLevel(5, Map.of(HeldBy.Limit.TOKENS_PER_MINUTE, -3L), 9)),
            new Budget(OptionalLong.of(1), OptionalLong.empty(), OptionalLong.of(3)),
            4,
            2),
        new ErrorStop(0.25, 9),
        2,
        Http2.MULTIPLEXED,
        new Connections(7, 0, Duration.ofMillis(1500), keyVariable.isPresent(), false, true),
        4096,
        2048,
        new SimulatorAddress(URI.create("https://127.0.0.1:1"), caBundle),
        keyVariable.isEmpty(),
        3,
        keyVariable.map(
            unused -> new RoundPlan.Handover(Path.of("/a/keys"), Optional.of(Path.of("/a/.env")))),
        keyVariable
            .<List<KeyLocation>>map(variable -> List.of(new KeyLocation.Environment(variable)))
            .orElseGet(List::of),
        keyVariable,
        keyVariable.map(
            unused ->
                new ModelPrice(
                    List.of("anthropic", "vertex"),
                    "claude*",
                    5_000_000,
                    500_000,
                    6_250_000,
                    25_000_000,
                    25_000_000,
                    OptionalLong.of(200_000),
                    URI.create("https://example.com/prices?of=claude"),
                    LocalDate.of(2026, 11, 23))),
        keyVariable.isPresent() ? new BundledDialects().dialects() : List.of());
  }
}
