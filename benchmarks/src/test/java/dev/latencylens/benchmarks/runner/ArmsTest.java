package dev.latencylens.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.ConfigurationReader;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.results.run.PlannedComparisons;
import dev.latencylens.results.run.PlannedComparisons.Pair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArmsTest {
  private static final String ONE = "targets: [{ provider: openai, name: mine, model: m1 }]\n";
  private static final String OTHER = "targets: [{ provider: openai, name: mine, model: m2 }]\n";

  private final Path directory;
  private final Map<String, String> given = new LinkedHashMap<>();

  ArmsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private void arm(final String name, final String yaml) throws IOException {
    given.put(name, Files.writeString(directory.resolve(name + ".yaml"), yaml).toString());
  }

  private List<Arm> read() throws Exception {
    final List<Arm> arms = Arms.read(given, DefaultRun.configuration());
    Arms.requireComparable(arms);
    return arms;
  }

  private RunPlan plan() throws Exception {
    return Preparation.planOnly(read(), 1, true);
  }

  @Test
  void theArmCalledBeforeIsTheBaselineHoweverTheyAreGiven() throws Exception {
    arm("after", OTHER);
    arm("before", ONE);

    assertThat(read()).extracting(Arm::name).containsExactly("before", "after");
  }

  @Test
  void twinsStandBelowEachOtherAndAreCompared() throws Exception {
    arm("before", ONE + "load: [{ streams: 10 }, { streams: 20 }]\n");
    arm("after", OTHER + "load: [{ streams: 10 }, { streams: 20 }]\n");

    final RunPlan plan = plan();

    assertThat(plan.cells("box"))
        .extracting(cell -> cell.id() + " " + cell.arm() + " " + cell.target() + " " + cell.model())
        .containsExactly(
            "c001 before mine m1",
            "c002 after mine m2",
            "c003 before mine m1",
            "c004 after mine m2");
    final PlannedComparisons planned = ComparisonPlan.of(plan).orElseThrow();
    assertThat(planned.pairs()).containsExactly(new Pair("c001", "c002"), new Pair("c003", "c004"));
    assertThat(planned.tests()).isEqualTo(6);
    // Limits, failures and prices are counted by these.
    assertThat(plan.targets())
        .extracting(target -> target.name())
        .containsExactly("before/mine", "after/mine");
  }

  @Test
  void everyBlockHoldsBothArms() throws Exception {
    arm("before", ONE);
    arm("after", OTHER);

    final RunPlan plan = plan();
    for (int block = 1; block <= plan.configuration().rounds(); block++) {
      final int each = block;
      assertThat(plan.rounds().stream().filter(round -> round.block() == each))
          .extracting(round -> round.cell())
          .containsExactlyInAnyOrder("c001", "c002");
    }
  }

  @Test
  void theOnlyTargetsAreTwinsWhateverTheyAreCalled() throws Exception {
    arm("before", ONE);
    arm("after", "targets: [{ provider: anthropic, model: c }]\n");

    assertThat(ComparisonPlan.of(plan()).orElseThrow().pairs())
        .containsExactly(new Pair("c001", "c002"));
  }

  @Test
  void theManifestKeepsWhatEachArmHasForItself() throws Exception {
    arm("before", ONE);
    arm("after", OTHER + "http2: multiplexed\n");

    final Map<String, Object> redacted = plan().redacted();

    assertThat(redacted).containsKeys("arms", "workload").doesNotContainKeys("targets", "http2");
    assertThat(String.valueOf(redacted.get("arms")))
        .contains("http2=multiplexed", "model=m1", "model=m2");
  }

  @Test
  void armsThatDifferInMoreAreRefusedByName() throws Exception {
    arm("before", ONE);
    arm("after", OTHER + "workload: { max_output_tokens: 9 }\ndeadlines: { total: 9s }\n");

    assertThatThrownBy(this::read)
        .hasMessage(
            "the arms before and after differ in deadlines, workload: they may differ in"
                + " canary_share, connections, http2, targets only");
  }

  @Test
  void armsWithoutACommonTargetAreRefused() throws Exception {
    arm("before", "targets: [{ provider: openai, model: a }, { provider: openai, model: b }]\n");
    arm("after", "targets: [{ provider: openai, model: c }, { provider: openai, model: d }]\n");

    assertThatThrownBy(this::read).hasMessageContaining("have no target in common");
  }

  @Test
  void oneArmIsNone() throws Exception {
    arm("before", ONE);

    assertThatThrownBy(this::read).hasMessageContaining("a comparison needs two arms");
  }

  @Test
  void aNameThatCouldNotStandInATableIsRefused() throws Exception {
    arm("before", ONE);
    given.put("a b", given.get("before"));

    assertThatThrownBy(this::read).hasMessageContaining("an arm's name has 1 to 32 letters");
  }

  @Test
  void pairsOfOneConfigurationAreComparedUnderEachLoad() throws Exception {
    final Path file =
        Files.writeString(
            directory.resolve("pairs.yaml"),
            """
            targets:
              - { provider: openai, name: old, model: m1 }
              - { provider: openai, name: new, model: m2 }
            comparison:
              metrics: [ttft, tpot]
              margins: { p50: 0.02 }
              pairs: [{ baseline: old, candidate: new }]
            """);
    final Configuration configuration = ConfigurationReader.read(file, Providers.load());

    final PlannedComparisons planned =
        ComparisonPlan.of(Preparation.planOnly(Arm.only(configuration), 1, true)).orElseThrow();

    assertThat(configuration.rounds()).isEqualTo(Configuration.COMPARED_ROUNDS);
    assertThat(planned.metrics()).containsExactly("ttft", "tpot");
    assertThat(planned.margins()).containsEntry("p50", 0.02).containsEntry("p95", 0.1);
    assertThat(planned.pairs()).containsExactly(new Pair("c001", "c002"));
  }

  @Test
  void aRunWithoutArmsOrPairsComparesNothing() {
    assertThat(
            ComparisonPlan.of(Preparation.planOnly(Arm.only(DefaultRun.configuration()), 1, true)))
        .isEmpty();
  }

  @Test
  void whatIsNoBuildOfThisSuiteIsRefused() throws Exception {
    final Path text = Files.writeString(directory.resolve("text.jar"), "no jar");
    final Path empty = jar("empty.jar", "else.properties", "suite=1");
    final Path old =
        jar("old.jar", "dev/latencylens/benchmarks/versions.properties", "suite=9\nround_plan=0");

    assertThatThrownBy(() -> OtherBuild.read(directory.resolve("none.jar")))
        .hasMessageContaining("is not there");
    assertThatThrownBy(() -> OtherBuild.read(text)).hasMessageContaining("is no jar");
    assertThatThrownBy(() -> OtherBuild.read(empty))
        .hasMessageContaining("is no build of this suite");
    assertThatThrownBy(() -> OtherBuild.read(old))
        .hasMessageContaining("its round_plan is 0, here it is 1");
  }

  private Path jar(final String name, final String entry, final String text) throws IOException {
    final Path file = directory.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }
}
