package dev.latencylens.results.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepPageTest {
  private final Path directory;

  SweepPageTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void eachQuantileIsACurveOverTheRatesBesideTheObjective() throws IOException {
    JsonNode plot = PageData.of(new SweptRates(directory, "t").page()).at("/sections/0/plot");

    assertThat(plot.path("objective").doubleValue()).isEqualTo(SweptRates.OBJECTIVE_MILLIS);
    assertThat(plot.path("series"))
        .extracting(series -> series.path("name").asText())
        .containsExactly("t p50", "t p90", "t p99");
    JsonNode first = plot.at("/series/0/points");
    assertThat(first).hasSize(SweptRates.RATES.length);
    assertThat(first.at("/0/0").doubleValue()).isEqualTo(5);
    assertThat(first.at("/0/1").doubleValue()).isBetween(100.0, 110.0);
    assertThat(first.at("/2/1").doubleValue()).isBetween(900.0, 910.0);
    // Which of them met the objectives.
    assertThat(first).extracting(point -> point.get(2).intValue()).containsExactly(1, 1, 0);
  }

  @Test
  void theFileHasOneLineARateInTheColumnsOfThePage() throws IOException {
    SweptRates rates = new SweptRates(directory, "=cmd()");

    List<String> lines = Files.readAllLines(rates.table().write(directory.resolve("sweep.csv")));

    assertThat(lines).hasSize(1 + SweptRates.RATES.length);
    assertThat(lines.get(0)).isEqualTo(String.join(",", rates.table().headings()));
    assertThat(lines.get(1)).startsWith("'=cmd(),5.000,").endsWith(",probe-01");
    JsonNode table = PageData.of(rates.page()).at("/sections/0/tables/0");
    assertThat(table.path("rows")).hasSize(SweptRates.RATES.length);
    assertThat(table.at("/rows/0/0").asText()).isEqualTo("=cmd()");
  }

  @Test
  void namesThatAttackStayInTheData() throws IOException {
    String page = new SweptRates(directory, "</script><script>window.hostile=1</script>").page();

    assertThat(page).doesNotContain("<script>window.hostile");
    assertThat(PageData.SCRIPT.matcher(page).results()).hasSize(3);
  }
}
