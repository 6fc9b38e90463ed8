package dev.latencylens.results.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latencylens.results.compare.ArmsRun;
import dev.latencylens.results.compare.ComparedQuantile;
import dev.latencylens.results.compare.PlannedComparison;
import dev.latencylens.results.compare.RowText;
import dev.latencylens.results.report.RunReport;
import dev.latencylens.results.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Verdicts and sweeps in a real Chromium; skipped where there is none. */
@TestInstance(Lifecycle.PER_CLASS)
class ComparisonPagesIT {
  private static final String MARKED =
      "return echarts.getInstanceByDom(arguments[0]).getOption().series"
          + ".filter((each) => each.type === arguments[1])"
          + ".reduce((sum, each) => sum + each.data.length, 0)";

  /** Where the first mark of the first series is, in pixels within the plot. */
  private static final String FIRST_MARK =
      """
      const chart = echarts.getInstanceByDom(arguments[0]);
      const point = chart.getOption().series[0].data[0];
      return chart.convertToPixel({ seriesIndex: 0 }, point.value || point).map(Math.round);
      """;

  private final Path directory;
  private Optional<Browser> browser = Optional.empty();
  private Path report = Path.of("");
  private Path sweep = Path.of("");
  private List<ComparedQuantile> judged = List.of();

  ComparisonPagesIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeAll
  void start() throws IOException {
    browser = Browser.start();
    RunDirectory run = new ArmsRun().slowedBy(0.07).create(directory.resolve("run"));
    report = RunReport.write(run).page();
    judged = PlannedComparison.of(run).orElseThrow().planned();
    sweep =
        Files.writeString(
            directory.resolve("sweep.html"), new SweptRates(directory, "my model").page());
  }

  @AfterAll
  void stop() {
    browser.ifPresent(Browser::close);
  }

  @BeforeEach
  void needsABrowser() {
    assumeTrue(
        browser.isPresent(),
        "no chromium and chromedriver on the path: install them to test the pages in a browser");
  }

  @AfterEach
  void nothingIsComplainedOf() {
    assertThat(browser().complaints()).isEmpty();
  }

  private Browser browser() {
    return browser.orElseThrow();
  }

  @Test
  void eachVerdictHasItsMarkItsBoundsAndItsMargin() throws IOException {
    browser().open(report, 1280, "light");
    WebElement plot = browser().element("#verdicts-plot");

    assertThat(browser().number(MARKED, plot, "scatter")).isEqualTo(judged.size());
    // The bounds of each, and the margin of each.
    assertThat(browser().number(MARKED, plot, "custom")).isEqualTo(2L * judged.size());
    long standings = judged.stream().map(ComparedQuantile::standing).distinct().count();
    assertThat(browser().elements("#verdicts .legend button")).hasSize((int) standings);

    browser().hover(plot, FIRST_MARK);

    ComparedQuantile first =
        judged.stream()
            .min((one, other) -> one.standing().compareTo(other.standing()))
            .orElseThrow();
    assertThat(browser().element("#verdicts-plot .tip").getText())
        .contains(first.statistic(), RowText.standing(first), RowText.change(first));
    keep("verdicts");
  }

  @Test
  void theKeyboardGoesThroughTheVerdictsFromTheTop() {
    browser().open(report, 1280, "light");
    WebElement plot = browser().element("#verdicts-plot");

    for (ComparedQuantile row : judged) {
      plot.sendKeys(Keys.ARROW_RIGHT);
      assertThat(browser().element("#verdicts [aria-live]").getDomProperty("textContent"))
          .startsWith(row.statistic())
          .contains(RowText.change(row));
    }
  }

  @Test
  void aSweepShowsItsRatesAndWhichOfThemMetTheObjectives() throws IOException {
    browser().open(sweep, 1280, "light");
    WebElement plot = browser().element("#sweep-plot");

    assertThat(browser().number(MARKED, plot, "line")).isEqualTo(3L * SweptRates.RATES.length);
    assertThat(plot.getText()).contains("objective 250 ms");

    browser().hover(plot, FIRST_MARK);

    assertThat(browser().element("#sweep-plot .tip").getText())
        .contains("5 starts per second", "my model p50", "my model p99")
        .doesNotContain("not met");
    plot.sendKeys(Keys.END);
    assertThat(browser().element("#sweep-plot .tip").getText())
        .contains("20 starts per second", "my model p50, objectives not met");
    assertThat(browser().elements("#sweep tbody tr")).hasSize(SweptRates.RATES.length);
    keep("sweep");
  }

  @Test
  void bothFitANarrowWindowInTheDark() throws IOException {
    for (Path page : List.of(report, sweep)) {
      browser().open(page, 400, "dark");

      assertThat(browser().number("return document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo(400);
      for (WebElement plot : browser().elements(".plot")) {
        assertThat(plot.getSize().width).isBetween(200, 400);
      }
      browser().run("document.querySelector('.plot').scrollIntoView()");
      keep(page.getFileName() + "-400-dark");
    }
  }

  /** Pictures for people to look at, where somebody asks for them. */
  private void keep(String name) throws IOException {
    String target = System.getProperty("pictures");
    if (target != null) {
      browser().picture(Path.of(target, name + ".png"));
    }
  }
}
