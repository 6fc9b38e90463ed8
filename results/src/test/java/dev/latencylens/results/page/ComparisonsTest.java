package dev.latencylens.results.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latencylens.results.compare.ArmsRun;
import dev.latencylens.results.compare.CellComparison;
import dev.latencylens.results.compare.ComparedQuantile;
import dev.latencylens.results.compare.PlannedComparison;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.table.Summary;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonsTest {
  private final Path directory;

  ComparisonsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private static JsonNode page(RunDirectory run) throws IOException {
    return PageData.of(ReportPage.render(run, Summary.read(run)));
  }

  @Test
  void theForestHasTheFiguresAndVerdictsOfTheComparison() throws IOException {
    RunDirectory run = new ArmsRun().slowedBy(0.2).create(directory.resolve("run"));
    CellComparison judged = PlannedComparison.of(run).orElseThrow();

    JsonNode section = PageData.section(page(run), "verdicts");

    assertThat(section.at("/plot/kind").asText()).isEqualTo("forest");
    assertThat(section.at("/plot/changes")).hasSameSizeAs(judged.planned());
    for (int i = 0; i < judged.planned().size(); i++) {
      ComparedQuantile row = judged.planned().get(i);
      JsonNode drawn = section.at("/plot/changes/" + i);
      assertThat(drawn.path("label").asText()).isEqualTo(row.statistic());
      assertThat(drawn.path("standing").asText()).isEqualTo(row.standing().label());
      assertThat(drawn.at("/bounds/0").doubleValue()).isEqualTo(row.change().orElseThrow().low());
      assertThat(drawn.at("/bounds/1").doubleValue()).isEqualTo(row.change().orElseThrow().ratio());
      assertThat(drawn.at("/bounds/2").doubleValue()).isEqualTo(row.change().orElseThrow().high());
      assertThat(drawn.path("margin").doubleValue())
          .isEqualTo(ArmsRun.MARGINS.get(row.quantile().label()));
    }
    assertThat(section.at("/tables/0/rows/0/2").asText()).isEqualTo("slower");
    assertThat(section.at("/tables/1/caption").asText()).isEqualTo("Failures");
    assertThat(section.path("lead").toString()).contains("c001 to c002", "before to after");
  }

  @Test
  void blocksThatCannotBePairedLeaveTheTableAndNoPlot() throws IOException {
    RunDirectory run = new ArmsRun().blocks(1).create(directory.resolve("run"));

    JsonNode section = PageData.section(page(run), "verdicts");

    assertThat(section.path("plot").isObject()).isFalse();
    assertThat(section.at("/tables/0/rows/0/2").asText()).startsWith("inconclusive");
  }

  @Test
  void aRunThatComparesNothingHasNoSuchPart() throws IOException {
    RunDirectory run = PublishedRun.create(directory.resolve("run"));

    assertThat(PageData.ids(page(run))).doesNotContain("verdicts");
  }
}
