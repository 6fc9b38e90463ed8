package dev.latencylens.benchmarks.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.Dialogue;
import dev.latencylens.harness.config.ModelSettings;
import dev.latencylens.harness.config.Prompts;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.config.TokenRange;
import dev.latencylens.harness.config.Workload;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.stream.StreamRequest.Message;
import dev.latencylens.harness.stream.StreamRequest.Role;
import dev.latencylens.harness.workload.RequestSequence;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A fork sends the bytes whose hash the runner wrote, whatever the source of its prompts. */
class PlannedRequestsTest {
  private static final List<Message> TURNS =
      List.of(
          new Message(Role.USER, "Ä \u2028 \"a\"\n"),
          new Message(Role.ASSISTANT, "\uD83D\uDE00"),
          new Message(Role.USER, "\u0000c"));

  static Stream<Prompts> sources() {
    return Stream.of(
        new Prompts.Text("Say \"hello\"."),
        new Prompts.TextFile("p.txt", "Ä\r\n\uFEFF"),
        new Prompts.Lines(
            "p.jsonl",
            "0".repeat(64),
            Prompts.Lines.Order.SHUFFLED,
            List.of(
                new Dialogue(Optional.of("s"), TURNS, OptionalInt.of(3)),
                new Dialogue(Optional.empty(), TURNS.subList(2, 3), OptionalInt.empty()))),
        new Prompts.Conversation(TURNS),
        new Prompts.Generated(new TokenRange(40, 50), new TokenRange(1, 9)));
  }

  @ParameterizedTest
  @MethodSource("sources")
  void aForkReadsTheSameWorkloadAndMakesTheSameRequests(
      final Prompts prompts, @TempDir final Path directory) throws Exception {
    final Workload workload =
        new Workload("w", prompts, Optional.of("Be brief."), true, 9, ModelSettings.NONE);
    final RoundPlan plan = plan(workload);
    final Path file = directory.resolve("round-1.json");
    plan.write(file);
    final RoundPlan read = RoundPlan.read(file);

    assertThat(read).isEqualTo(plan);
    assertThat(sha256(read)).isEqualTo(sha256(plan));
  }

  private static RoundPlan plan(final Workload workload) {
    return PlainPlan.of(
        Path.of("/runs/a"), Target.of("openai", "m"), workload, true, Optional.empty());
  }

  private static String sha256(final RoundPlan plan) throws Exception {
    return RequestSequence.of(plan.target(), plan.workload(), plan.seed(), plan.block())
        .sha256(
            Providers.load().get(plan.target().provider()).api(plan.target().options()),
            URI.create("https://127.0.0.1:1"),
            10);
  }
}
