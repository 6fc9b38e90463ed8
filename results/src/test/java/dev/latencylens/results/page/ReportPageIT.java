package dev.latencylens.results.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latencylens.results.SampleRun;
import dev.latencylens.results.report.RunReport;
import dev.latencylens.results.run.RunDirectory;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * The page in a real Chromium. Needs {@code chromium} and {@code chromedriver} on the path (on
 * Debian the packages chromium and chromium-driver), else it is skipped.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ReportPageIT {
  private static final List<String> PLOTS =
      List.of(
          "ttft-percentiles",
          "gap-percentiles",
          "ttft-distribution",
          "gap-distribution",
          "timeline",
          "cost",
          "instrument");

  /** Where the first cell's p50 is, in pixels within the plot. */
  private static final String PLACE_OF_P50 =
      """
      const chart = echarts.getInstanceByDom(arguments[0]);
      const points = chart.getOption().series[0].data;
      const p50 = points.map((point) => point.value || point).find((value) => value[2] === 0.5);
      return chart.convertToPixel({ seriesIndex: 0 }, [p50[0], p50[1]]).map(Math.round);
      """;

  /** Where the content of a stream of the first cell is. */
  private static final String PLACE_OF_A_STREAM =
      """
      const chart = echarts.getInstanceByDom(arguments[0]);
      const bar = chart.getOption().series[3].data[20];
      chart.dispatchAction({ type: 'dataZoom', startValue: bar[0] - 1, endValue: bar[1] + 1 });
      return chart
        .convertToPixel({ seriesIndex: 3 }, [(bar[0] + bar[1]) / 2, bar[2] + 0.4])
        .map(Math.round);
      """;

  private final Path directory;
  private Path page = Path.of("");
  private Optional<Browser> browser = Optional.empty();

  ReportPageIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeAll
  void start() throws IOException {
    browser = Browser.start();
    page = RunReport.write(PublishedRun.create(directory.resolve("run"))).page();
  }

  @AfterAll
  void stop() {
    browser.ifPresent(Browser::close);
  }

  @BeforeEach
  void needsABrowser() {
    assumeTrue(
        browser.isPresent(),
        "no chromium and chromedriver on the path: install them to test the page in a browser");
  }

  @AfterEach
  void nothingIsComplainedOf() {
    browser.ifPresent(each -> assertThat(each.complaints()).isEmpty());
  }

  private Browser browser() {
    return browser.orElseThrow();
  }

  @Test
  void eachPlotHasItsMarks() {
    browser().open(page, 1280, "light");

    assertThat(browser().elements(".plot"))
        .extracting(plot -> plot.getDomAttribute("id"))
        .containsExactlyElementsOf(PLOTS.stream().map(id -> id + "-plot").toList());
    for (String id : PLOTS) {
      WebElement plot = browser().element("#" + id + "-plot");
      long series =
          browser()
              .number(
                  "return echarts.getInstanceByDom(arguments[0]).getOption().series"
                      + ".filter((each) => each.data.length > 0).length",
                  plot);
      assertThat(series).as(id).isGreaterThanOrEqualTo(id.equals("instrument") ? 3 : 4);
      if (id.equals("timeline")) {
        assertThat(inkOf(plot)).isGreaterThan(1_000);
      } else {
        // Each series has a mark or a line of its own colour; grey is for axes.
        long drawn =
            browser()
                .number(
                    "return new Set([...arguments[0].querySelectorAll('svg path')]"
                        + ".flatMap((path) => [path.getAttribute('stroke'),"
                        + " path.getAttribute('fill')])"
                        + ".filter((c) => c && c.startsWith('#') || /^rgb/.test(c || ''))).size",
                    plot);
        assertThat(drawn).as(id).isGreaterThanOrEqualTo(series);
      }
    }
  }

  private long inkOf(WebElement plot) {
    return browser()
        .number(
            """
            const canvas = arguments[0].querySelector('canvas');
            const pixels = canvas.getContext('2d')
              .getImageData(0, 0, canvas.width, canvas.height).data;
            let ink = 0;
            for (let i = 0; i < pixels.length; i += 4) {
              const coloured = Math.abs(pixels[i] - pixels[i + 2]) > 40;
              ink += pixels[i + 3] > 0 && coloured ? 1 : 0;
            }
            return ink;
            """,
            plot);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ttft", "gap"})
  void aHoverShowsWhatTheTableOfTheRunHas(String metric) throws IOException {
    browser().open(page, 1280, "light");
    WebElement plot = browser().element("#" + metric + "-percentiles-plot");

    browser().hover(plot, PLACE_OF_P50);

    List<String> values =
        plot.findElements(By.cssSelector(".tip-row .value")).stream()
            .map(WebElement::getText)
            .toList();
    assertThat(browser().element("#" + metric + "-percentiles-plot .tip b").getText())
        .isEqualTo("p50");
    assertThat(values)
        .containsExactlyElementsOf(
            csv().stream().map(row -> row.get(metric + "_p50_ms") + " ms").toList());
  }

  @Test
  void theTimelineTellsOfAStreamUnderTheMouse() {
    browser().open(page, 1280, "light");
    WebElement plot = browser().element("#timeline-plot");
    browser().hover(plot, PLACE_OF_A_STREAM);

    assertThat(browser().element("#timeline-plot .tip").getText())
        .contains("c001 openai gpt-4o-mini", "outcome", "complete", "20.000 ms", "30.000 ms");
  }

  @Test
  void theLegendSwitchesSeriesAndTheKeyboardReachesAllOfIt() {
    browser().open(page, 1280, "light");
    WebElement plot = browser().element("#ttft-percentiles-plot");
    WebElement button = browser().element("#ttft-percentiles .legend button");
    long before = browser().number("return arguments[0].querySelectorAll('path').length", plot);

    button.sendKeys(Keys.ENTER);

    assertThat(button.getDomAttribute("aria-pressed")).isEqualTo("false");
    assertThat(browser().number("return arguments[0].querySelectorAll('path').length", plot))
        .isLessThan(before);

    plot.sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);

    String spoken =
        browser().element("#ttft-percentiles [aria-live]").getDomProperty("textContent");
    assertThat(spoken)
        .startsWith("p")
        .contains("anthropic claude-haiku", " ms")
        .doesNotContain("gpt");
  }

  @Test
  void behindEachPlotIsATableWithItsFigures() throws IOException {
    browser().open(page, 1280, "light");

    for (String id : PLOTS) {
      WebElement fold = browser().element("#" + id + " details summary");
      fold.sendKeys(Keys.ENTER);
      browser().await("#" + id + " details[open] tbody tr");
    }
    assertThat(browser().element("#gap-percentiles details table").getText())
        .contains(csv().get(0).get("gap_p99_ms"));
  }

  @Test
  void namesThatAttackAreShownAsText() {
    browser().open(page, 1280, "light");

    assertThat(browser().text("return String(window.hostile)")).isEqualTo("undefined");
    assertThat(
            browser().number("return document.querySelectorAll('#page script, #page img').length"))
        .isZero();
    assertThat(browser().element("#overview tbody").getText())
        .contains("</script><script>window.hostile=1</script><img src=x", "{a|b}=cmd()\\u{202e}");
    assertThat(browser().text("return document.title")).startsWith("the </title> run");
  }

  @Test
  void nothingIsLoadedAndNothingCanBe() {
    browser().open(page, 1280, "light");

    assertThat(browser().number("return performance.getEntriesByType('resource').length")).isZero();
    browser()
        .run(
            """
            window.refused = [];
            document.addEventListener(
              'securitypolicyviolation', (event) => window.refused.push(event.effectiveDirective));
            document.body.append(Object.assign(new Image(), { src: 'data:image/gif;base64,R0lGOD' }));
            return fetch('data:text/plain,x').then(() => 'sent', () => 'refused');
            """);
    assertThat(
            browser()
                .text(
                    "return new Promise((done) => setTimeout(() => done(refused.sort().join(' '))))"))
        .isEqualTo("connect-src img-src");
    // These complaints were asked for.
    assertThat(browser().complaints()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "1280, dark", "400, light", "400, dark"})
  void itFitsTheWindowInLightAndDark(int width, String scheme) throws IOException {
    browser().open(page, width, scheme);

    assertThat(browser().number("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
    for (WebElement plot : browser().elements(".plot")) {
      assertThat(plot.getSize().width).isBetween(width / 2, width);
    }
    long ground = brightness("return getComputedStyle(document.body).backgroundColor");
    long ink = brightness("return getComputedStyle(document.body).color");
    long axes =
        brightness(
            "const c = document.querySelector('#ttft-percentiles-plot svg text')"
                + "; return getComputedStyle(c).fill");
    if (scheme.equals("dark")) {
      assertThat(ground).isLessThan(60);
      assertThat(List.of(ink, axes)).allMatch(light -> light > 150);
    } else {
      assertThat(ground).isGreaterThan(240);
      assertThat(List.of(ink, axes)).allMatch(light -> light < 110);
    }
    keep(width + "-" + scheme);
  }

  private long brightness(String program) {
    return browser()
        .number(
            "const [r, g, b] = (() => { "
                + program
                + " })().match(/[0-9]+/g).map(Number); return Math.round((r + g + b) / 3)");
  }

  @Test
  void itCanBePrintedAndIsAsBeforeAfterwards() throws IOException {
    browser().open(page, 1280, "dark");
    WebElement plot = browser().element("#gap-percentiles-plot svg");
    String before = plot.getDomAttribute("width");
    Path pdf = directory.resolve("report.pdf");

    browser().print(pdf);

    assertThat(Files.size(pdf)).isGreaterThan(20_000);
    assertThat(browser().element("#gap-percentiles-plot svg").getDomAttribute("width"))
        .isEqualTo(before);
    browser().run("window.dispatchEvent(new Event('beforeprint'))");
    assertThat(browser().element("#gap-percentiles-plot svg").getDomAttribute("width"))
        .isEqualTo("690");
    assertThat(
            brightness(
                "const c = document.querySelector('#gap-percentiles-plot svg text')"
                    + "; return getComputedStyle(c).fill"))
        .isLessThan(110);
  }

  @Test
  void runsInWhichLittleWorkedHaveAPageToo() throws IOException {
    RunDirectory none = RunDirectory.create(directory.resolve("none"));
    none.writeManifest(
        SampleRun.manifest("none", 1, List.of(SampleRun.cell("c001", "openai", "gpt"))));
    for (RunDirectory run :
        List.of(
            none,
            SampleRun.create(directory.resolve("sample")),
            PublishedRun.ofStreams(directory.resolve("one"), 1))) {
      browser().open(RunReport.write(run).page(), 1280, "light");

      assertThat(browser().elements("#overview tbody tr")).isNotEmpty();
      assertThat(browser().elements("#manifest tbody tr")).isNotEmpty();
    }
  }

  @Test
  void aRunOfAHundredThousandStreamsOpens() throws IOException {
    RunDirectory large = PublishedRun.ofStreams(directory.resolve("large"), 100_000);
    Path file = RunReport.write(large).page();

    browser().open(file, 1280, "light");

    long drawn =
        browser()
            .number(
                "return echarts.getInstanceByDom(document.getElementById('timeline-plot'))"
                    + ".getOption().series[3].data.length");
    assertThat(drawn).isBetween(1_000L, 3_000L);
    System.out.printf(
        "A page of 100,000 streams: %d bytes, loaded after %s ms (navigation timing).%n",
        Files.size(file),
        browser()
            .text("return Math.round(performance.getEntriesByType('navigation')[0].loadEventEnd)"));
  }

  private List<CSVRecord> csv() throws IOException {
    try (Reader reader = Files.newBufferedReader(directory.resolve("run/summary.csv"));
        CSVParser parser =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader)) {
      return parser.getRecords();
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
