package dev.latencylens.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.results.compare.ComparedFailures.Finding;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.stats.Statistic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannedComparisonTest {
  private final Locale locale = Locale.getDefault();
  private final Path directory;

  PlannedComparisonTest(@TempDir Path directory) {
    this.directory = directory.resolve("run");
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(locale);
  }

  private CellComparison judged(ArmsRun run) throws IOException {
    return PlannedComparison.of(run.create(directory)).orElseThrow();
  }

  private static List<Standing> standings(CellComparison comparison) {
    return comparison.planned().stream().map(ComparedQuantile::standing).toList();
  }

  @Test
  void aTenthSlowerIsSlower() throws IOException {
    CellComparison comparison = judged(new ArmsRun().slowedBy(0.10));

    assertThat(comparison.planned())
        .extracting(ComparedQuantile::statistic)
        .containsExactly("ttft_p50", "ttft_p95", "ttft_p99");
    assertThat(standings(comparison)).first().isEqualTo(Standing.SLOWER);
    ComparedQuantile median = comparison.planned().get(0);
    assertThat(median.change().orElseThrow().ratio()).isBetween(1.07, 1.13);
    assertThat(median.p().orElseThrow()).isEqualTo(3.0 / 1024);
    assertThat(comparison.worse()).isTrue();
  }

  @Test
  void nothingChangedIsTheSame() throws IOException {
    CellComparison comparison = judged(new ArmsRun());

    assertThat(standings(comparison)).startsWith(Standing.SAME, Standing.SAME);
    assertThat(comparison.worse()).isFalse();
    assertThat(comparison.failures())
        .singleElement()
        .extracting(ComparedFailures::finding)
        .isEqualTo(Finding.NONE);
  }

  @Test
  void aChangeBelowTheMarginIsNotCalledSlowerHoweverSureItIs() throws IOException {
    assertThat(standings(judged(new ArmsRun().slowedBy(0.03)))).doesNotContain(Standing.SLOWER);
  }

  @Test
  void whoDropsTheSlowestTenthIsNotFaster() throws IOException {
    CellComparison comparison = judged(new ArmsRun().dropping(0.10));

    assertThat(standings(comparison)).doesNotContain(Standing.FASTER);
    assertThat(comparison.planned().get(1).reason()).contains("it fails more");
    assertThat(comparison.planned().get(1).change().orElseThrow().ratio()).isLessThan(1 / 1.1);
    assertThat(comparison.failures())
        .singleElement()
        .extracting(ComparedFailures::finding)
        .isEqualTo(Finding.WORSE);
    assertThat(comparison.worse()).isTrue();
  }

  @Test
  void aCandidateThatRunsIntoItsDeadlineHasALowerBound() throws IOException {
    CellComparison comparison = judged(new ArmsRun().cutOff());

    ComparedQuantile p95 = comparison.planned().get(1);
    assertThat(p95.after()).isInstanceOf(Statistic.Censored.class);
    assertThat(p95.standing()).isEqualTo(Standing.SLOWER);
  }

  @Test
  void aLateInstrumentGivesNoVerdict() throws IOException {
    CellComparison comparison = judged(new ArmsRun().slowedBy(0.5).withInstrumentError(60));

    assertThat(standings(comparison)).containsOnly(Standing.LATE);
    assertThat(comparison.unsettled()).isTrue();
    assertThat(comparison.worse()).isFalse();
  }

  @Test
  void onlyWholeBlocksAreComparedAndTheOthersCounted() throws IOException {
    CellComparison comparison = judged(new ArmsRun().slowedBy(0.10).missing(3));

    assertThat(standings(comparison)).first().isEqualTo(Standing.SLOWER);
    assertThat(comparison.planned().get(0).p().orElseThrow()).isEqualTo(3.0 / 128);
    assertThat(comparison.notes())
        .contains(
            "3 of 10 blocks of c001 and c002 are left out: a round of theirs is missing, broke off"
                + " or is not whole.");
  }

  @Test
  void tooFewBlocksAreInconclusiveAndSayHowManyItTakes() throws IOException {
    CellComparison comparison = judged(new ArmsRun().slowedBy(0.10).missing(5));

    assertThat(standings(comparison)).containsOnly(Standing.INCONCLUSIVE);
    assertThat(comparison.planned().get(0).reason()).contains("5 whole blocks; a verdict takes 6");
    assertThat(comparison.planned().get(0).settle()).hasValue(6);
  }

  @Test
  void neitherTheOrderOfLinesNorTheLocaleChangesAnything() throws IOException {
    RunDirectory run = new ArmsRun().slowedBy(0.07).create(directory);
    String before = ComparisonFormat.JSON.render(PlannedComparison.of(run).orElseThrow());
    Path streams = run.path().resolve("streams.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(streams));
    Collections.shuffle(lines, new Random(3));
    Files.write(streams, lines);
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

    assertThat(ComparisonFormat.JSON.render(PlannedComparison.of(run).orElseThrow()))
        .isEqualTo(before);
  }
}
