package dev.latencylens.results.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latencylens.results.SampleRun;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.Statistic;
import dev.latencylens.results.table.Metric;
import dev.latencylens.results.table.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
  private final Locale before = Locale.getDefault();
  private final Path directory;

  ReportPageTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  @Test
  void theSameRunGivesTheSameBytesInEveryLocale() throws IOException {
    RunDirectory run = PublishedRun.create(directory.resolve("run"));
    String page = render(run);

    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

    assertThat(render(run)).isEqualTo(page);
  }

  @Test
  void eachPartOfTheRunHasItsSection() throws IOException {
    JsonNode page = PageData.of(render(PublishedRun.create(directory.resolve("run"))));

    assertThat(PageData.ids(page))
        .containsExactly(
            "overview",
            "ttft-percentiles",
            "gap-percentiles",
            "ttft-distribution",
            "gap-distribution",
            "timeline",
            "cost",
            "instrument",
            "manifest");
    for (JsonNode section : page.path("sections")) {
      assertThat(section.path("tables").get(0).path("rows")).as("%s", section).isNotEmpty();
      for (JsonNode table : section.path("tables")) {
        for (JsonNode row : table.path("rows")) {
          assertThat(row).hasSameSizeAs(table.path("columns"));
        }
      }
    }
  }

  @Test
  void aRunWithoutPricesOrStreamsHasNoPlotOfThem() throws IOException {
    JsonNode page = PageData.of(render(SampleRun.create(directory.resolve("run"))));
    RunDirectory empty = RunDirectory.create(directory.resolve("empty"));
    empty.writeManifest(
        SampleRun.manifest("none", 1, List.of(SampleRun.cell("c001", "openai", "gpt"))));

    assertThat(PageData.ids(page)).doesNotContain("cost");
    assertThat(PageData.ids(PageData.of(render(empty))))
        .contains("overview", "manifest")
        .doesNotContain("timeline", "instrument", "ttft-distribution");
  }

  @Test
  void curvesHoldTheFiguresOfTheTables() throws IOException {
    RunDirectory run = PublishedRun.create(directory.resolve("run"));
    Statistic.Value p99 =
        (Statistic.Value) Summary.read(run).rows().get(0).statistic(Metric.GAP, Percentile.P99);

    JsonNode curve =
        PageData.section(PageData.of(render(run)), "gap-percentiles").at("/plot/series/0/points");

    assertThat(curve)
        .anySatisfy(
            point -> {
              assertThat(point.get(0).doubleValue()).isEqualTo(0.99);
              assertThat(point.get(1).doubleValue()).isCloseTo(p99.value() / 1e6, within(0.0005));
            });
  }

  @Test
  void distributionsAddUpToAllReadingsButThoseThatDeadlinesCutOff() throws IOException {
    JsonNode page = PageData.of(render(PublishedRun.create(directory.resolve("run"))));

    for (String id : List.of("ttft-distribution", "gap-distribution")) {
      JsonNode plot = PageData.section(page, id).path("plot");
      assertThat(plot.path("edges").size()).isBetween(10, 91 + 1);
      for (JsonNode series : plot.path("series")) {
        double sum = 0;
        for (JsonNode percent : series.path("percent")) {
          sum += percent.doubleValue();
        }
        assertThat(sum).isBetween(id.startsWith("ttft") ? 98.9 : 99.9, 100.1);
      }
    }
    assertThat(PageData.section(page, "ttft-distribution").path("lead").toString())
        .contains("32 readings that a deadline cut off");
  }

  @Test
  void noNameGetsOutOfTheDataOrTurnsItsDirection() throws IOException {
    String page = render(PublishedRun.create(directory.resolve("run")));

    assertThat(page)
        .doesNotContain("<script>window.hostile", "<img src=x", "\u202eevil", "</title> run");
    assertThat(PageData.SCRIPT.matcher(page).results()).hasSize(3);
    assertThat(PageData.of(page).toString()).doesNotContain("\u202e");
    assertThat(PageData.of(page).path("sections").toString())
        .contains("</script><script>window.hostile=1</script>", "{a|b}=cmd()\\\\u{202e}");
  }

  @Test
  void thePolicyNamesTheProgramsByTheirHashesAndLetsNothingBeLoaded() throws Exception {
    String page = render(PublishedRun.create(directory.resolve("run")));
    Matcher policy =
        Pattern.compile("http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\"")
            .matcher(page);
    assertThat(policy.find()).isTrue();

    List<String> expected = new ArrayList<>();
    Matcher script = PageData.SCRIPT.matcher(page);
    while (script.find()) {
      if (script.group(1).isEmpty()) {
        expected.add("'sha256-" + sha256(script.group(2)) + "'");
      }
    }
    assertThat(policy.group(1))
        .startsWith("default-src 'none'; script-src " + String.join(" ", expected) + "; style-src ")
        .doesNotContain("http", "data:", "script-src 'unsafe", "'self'", "*");
    // The policy comes before all that it is about.
    assertThat(page.indexOf("Content-Security-Policy")).isLessThan(300);
  }

  @Test
  void nobodysUserIdIsHandedOn() throws IOException {
    assertThat(render(PublishedRun.create(directory.resolve("run"))))
        .doesNotContain(PublishedRun.USER);
  }

  @Test
  void aLargeRunIsSampledAndSaysSo() throws IOException {
    RunDirectory run = PublishedRun.ofStreams(directory.resolve("run"), 20_000);

    String page = render(run);

    JsonNode timeline = PageData.section(PageData.of(page), "timeline");
    assertThat(timeline.at("/plot/streams").size()).isBetween(2_000, 3_000);
    assertThat(timeline.path("lead").toString())
        .contains("a sample of 2675 of 20000 streams: 1 in 8", "all that failed");
    assertThat(page.getBytes(UTF_8).length).isLessThan(2 << 20);
    // What is not drawn still counts.
    assertThat(timeline.at("/tables/0/rows/0/2").asText()).isEqualTo("20000");
  }

  @Test
  void aRunOfManyLongNamesStaysWithinTheLimit() throws IOException {
    String page = render(PublishedRun.ofCells(directory.resolve("run"), 900));

    assertThat(page.getBytes(UTF_8).length).isLessThanOrEqualTo(ReportPage.MOST_BYTES);
    assertThat(PageData.section(PageData.of(page), "overview").at("/tables/0/caption").asText())
        .matches("Cells by metric \\(the first [0-9]+ of 900 rows\\)");
    assertThat(PageData.section(PageData.of(page), "ttft-percentiles").path("lead").toString())
        .contains("the first 40 of 900 cells");
  }

  private static String render(RunDirectory run) throws IOException {
    return ReportPage.render(run, Summary.read(run));
  }

  private static String sha256(String text) throws Exception {
    return Base64.getEncoder()
        .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }
}
