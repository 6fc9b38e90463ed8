package dev.latencylens.results.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.latencylens.results.SampleRun;
import dev.latencylens.results.compare.ColumnLeaders;
import dev.latencylens.results.figures.MetricsCsv;
import dev.latencylens.results.figures.OpenMetrics;
import dev.latencylens.results.figures.ResultsJson;
import dev.latencylens.results.page.ReportPage;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.GitRevision;
import dev.latencylens.results.run.HistogramLog;
import dev.latencylens.results.run.InstrumentReading;
import dev.latencylens.results.run.Jvm;
import dev.latencylens.results.run.Machine;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedRound;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.SignedHistogram;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamLineBuilder;
import dev.latencylens.results.run.StreamText;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same hostile text stands at every place of a run that takes text: names, what the server says
 * of itself, errors, the machine. The tables are then read as spreadsheets and Markdown readers
 * read them.
 */
class HostileTextEverywhereTest {
  private static final int TAGS_BEFORE_THE_DATA = 19;

  /** OpenMetrics 1.0, ABNF: sample, with all that a label's value may hold unescaped. */
  private static final Pattern SAMPLE =
      Pattern.compile(
          "latencylens_[a-z0-9_]+\\{[a-z_]+=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*+\""
              + "(?:,[a-z_]+=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*+\")*+} -?[0-9.E-]+");

  private static final String CELL_ENDS = "[\r\n\u0085\u2028\u2029;\t\u000b\f]";
  private static final List<String> FORMULA_STARTS =
      List.of("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "⁼", "⁺", "−");
  private static final List<String> BEFORE =
      List.of(
          "",
          " ",
          "\u00a0",
          "\u3000",
          "\t",
          "\r",
          "\n",
          "\r\n",
          "\"",
          "'",
          "\"\"",
          " \"",
          "“",
          "«",
          "\ufeff",
          "\u200b",
          "\u202e",
          "\u0000",
          "\ud83d\ude00;",
          ";",
          "x;",
          "x; ",
          "x;\"",
          "x\t",
          "x\n",
          "x\r\n ",
          "x\u2028",
          "x\u0085",
          "x;\udb40\udc3b");
  private static final List<String> MARKUP =
      List.of(
          "<script>alert(1)</script>",
          "<img src=x onerror=y>",
          "<!-- x",
          "a|b|c",
          "a\\|b",
          "\\",
          "`code`",
          "``` ",
          "[x](https://evil.example)",
          "![x](https://evil.example/p.png)",
          "[x]: https://evil.example",
          "<https://evil.example>",
          "https://evil.example",
          "www.evil.example",
          "WWW.evil.example",
          "xhttp://evil.example",
          "*a* _b_ **c** ~~d~~",
          "# x",
          "- x",
          "+ x",
          "-     x",
          "1. x",
          "12) x",
          "---",
          "===",
          "- - -",
          "> x",
          "&lt;b&gt; &amp;",
          "&#60;script&#62;",
          "a\n\n# b\n| c |\n|---|",
          "a\r\n- b",
          "\u001b[31mred\u001b]8;;https://evil.example\u0007x",
          "\u202Eevil\u2066",
          "\u009b31m",
          "    code",
          "=cmd()",
          "\u200fabc\u202ecba",
          "n".repeat(300));

  static List<String> texts() {
    List<String> texts = new ArrayList<>(MARKUP);
    for (String before : BEFORE) {
      texts.add(before + "=cmd|' /C calc'!A0");
      texts.add(before + "＠SUM(1)");
    }
    Random random = new Random(4);
    List<String> pieces = new ArrayList<>(MARKUP);
    pieces.addAll(BEFORE);
    pieces.addAll(FORMULA_STARTS);
    for (int i = 0; i < 60; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(6); n >= 0; n--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private final Path directory;

  HostileTextEverywhereTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @MethodSource("texts")
  void noTableDoesMoreThanBeRead(String text) throws IOException {
    RunDirectory run = run(text);
    Summary summary = Summary.read(run);

    assertNoFormula(CsvSummary.render(summary));
    assertNoFormula(MetricsCsv.render(summary));
    assertOnlyData(ResultsJson.render(summary), text);
    assertOnlySamples(OpenMetrics.render(summary));
    assertPlainMarkdown(MarkdownSummary.render(summary), text);
    assertPlainText(TerminalSummary.render(summary));
    assertPlainText(String.join("\n", TerminalSummary.safe(summary.warnings())));
    assertNoElementButOurs(ReportPage.render(run, summary));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void noMatrixDoesMoreThanBeRead(String text) throws IOException {
    List<Cell> cells =
        List.of(
            new Cell("c001", "B", text, text, text, "w", "l", "c", "", "m"),
            new Cell("c002", "B", "t", "p", "n" + text, "w", text, "c", text, "m"),
            new Cell("c003", "B", text, text, "n" + text, "w", "l", "c", "", "m"));
    RunDirectory run = RunDirectory.create(directory.resolve("matrix"));
    run.writeManifest(SampleRun.manifest("x", 2, cells));
    Summary summary = ColumnLeaders.marked(run, Summary.read(run));
    assertThat(ModelMatrix.of(summary.rows())).isPresent();

    String markdown = MarkdownSummary.render(summary);
    assertPlainText(markdown);
    Findings findings = new Findings();
    Parser.builder()
        .extensions(List.of(TablesExtension.create()))
        .build()
        .parse(markdown)
        .accept(findings);
    assertThat(findings.markup).isEmpty();
    assertThat(findings.tables).isEqualTo(4);
    assertThat(findings.rowNames).hasSize(4 * 4);
    String terminal = TerminalSummary.render(summary);
    assertPlainText(terminal);
    assertThat(terminal.lines()).allMatch(line -> TextTable.width(line) <= 100);
    assertNoElementButOurs(ReportPage.render(run, summary));
  }

  /** A page without the texts of the run has as many tags; they are in one JSON text, and plain. */
  private static void assertNoElementButOurs(String page) {
    String start = "<script type=\"application/json\" id=\"run\">";
    int from = page.indexOf(start) + start.length();
    String json = page.substring(from, page.indexOf("</script>", from));
    assertThat(json).doesNotContain("<", ">", "&").startsWith("{").endsWith("}\n");
    assertPlainText(json);
    assertThat(page.substring(0, from).chars().filter(c -> c == '<')).hasSize(TAGS_BEFORE_THE_DATA);
  }

  /**
   * Each line is of the format's grammar, so that no name ends its label, its sample or the text.
   */
  private static void assertOnlySamples(String openMetrics) {
    assertPlainText(openMetrics);
    assertThat(openMetrics).endsWith("\n# EOF\n");
    List<String> lines = openMetrics.lines().toList();
    assertThat(lines.subList(0, lines.size() - 1))
        .allMatch(
            line ->
                SAMPLE.matcher(line).matches()
                    || line.startsWith("# HELP latencylens_")
                    || line.startsWith("# TYPE latencylens_")
                    || line.startsWith("# UNIT latencylens_"));
  }

  /** Whatever shows the JSON, it shows ASCII without tags; a program gets the name as it is. */
  private static void assertOnlyData(String json, String name) throws IOException {
    assertThat(json).doesNotContain("<", ">", "&").isASCII();
    assertPlainText(json);
    JsonNode cell = new ObjectMapper().readTree(json).at("/cells/0");
    assertThat(cell.path("model").asText()).isEqualTo(name);
    assertThat(cell.at("/metrics/ttft/p50/value").isNumber()).isTrue();
  }

  @Test
  void noStartOfAFormulaGetsIntoACell() {
    for (String before : BEFORE) {
      for (String start : FORMULA_STARTS) {
        String safe = SafeText.forCsv(before + start + "1");
        assertThat(safe).matches("(?s).*'[^" + start + "]*" + Pattern.quote(start) + "1");
        Arrays.stream(safe.split(CELL_ENDS, -1))
            .forEach(HostileTextEverywhereTest::assertNoFormulaIn);
      }
    }
  }

  @Test
  void negativeNumbersStayNumbers() throws IOException {
    List<CSVRecord> records = records(CsvSummary.render(Summary.read(run("x"))), ',');

    int column = records.get(0).toList().indexOf("instrument_error_p50_ms");
    assertThat(records.get(1).get(column)).matches("-[0-9]+\\.[0-9]{3}");
    assertThat(Double.parseDouble(records.get(1).get(column))).isNegative();
  }

  @Test
  void harmlessNamesStayAsTheyAre() {
    for (String name :
        List.of("gpt-4o=mini", "claude@20250101", "a+b", "x; y", "org/model:free", "v1.2", "a_b")) {
      assertThat(SafeText.forCsv(name)).isEqualTo(name);
      assertThat(SafeText.forMarkdown(name)).isEqualTo(name);
    }
  }

  /** Read with each separator that a spreadsheet may use, and line by line as a bad reader does. */
  private static void assertNoFormula(String csv) throws IOException {
    for (char separator : new char[] {',', ';', '\t'}) {
      for (CSVRecord record : records(csv, separator)) {
        record.forEach(HostileTextEverywhereTest::assertNoFormulaIn);
      }
    }
    Arrays.stream(csv.split(CELL_ENDS, -1)).forEach(HostileTextEverywhereTest::assertNoFormulaIn);
  }

  private static void assertNoFormulaIn(String cell) {
    String bare =
        Normalizer.normalize(cell, Normalizer.Form.NFKC)
            .replaceAll("^[\\s\\p{Z}\\p{C}\"“”«»]+", "");
    if (!bare.matches("-?[0-9.]+(,.*)?")) {
      assertThat(bare).doesNotStartWith("=").doesNotStartWith("+").doesNotStartWith("-");
      assertThat(bare).doesNotStartWith("@").doesNotStartWith("−");
    }
  }

  private static List<CSVRecord> records(String csv, char separator) throws IOException {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(separator)
            .setTrailingData(true)
            .setLenientEof(true)
            .get();
    try (CSVParser parser = CSVParser.parse(new StringReader(csv), format)) {
      return parser.getRecords();
    }
  }

  private static void assertPlainMarkdown(String markdown, String name) {
    assertPlainText(markdown);
    assertThat(markdown.replace("\\://", "")).doesNotContain("://");
    assertThat(markdown.toLowerCase(Locale.ROOT)).doesNotContain("www.");
    Parser parser = Parser.builder().extensions(List.of(TablesExtension.create())).build();
    Findings findings = new Findings();
    parser.parse(markdown).accept(findings);
    assertThat(findings.markup).isEmpty();
    assertThat(findings.headings).isEqualTo(7);
    assertThat(findings.tables).isEqualTo(4);
    // Each table has a heading and one row, and the row is named as it should be.
    assertThat(findings.rowNames)
        .hasSize(8)
        .filteredOn(shown -> !shown.equals("target"))
        .hasSize(4)
        .containsOnly(SafeText.forTerminal(name).strip());
    assertThat(findings.code).allMatch(code -> code.matches("[a-z0-9_/ ]+"));
  }

  private static void assertPlainText(String text) {
    assertThat(text.codePoints().filter(c -> c != '\n'))
        .noneMatch(Character::isISOControl)
        .noneMatch(c -> Character.getType(c) == Character.FORMAT)
        .noneMatch(c -> Character.getType(c) == Character.SURROGATE)
        .noneMatch(c -> c == 0x2028 || c == 0x2029);
  }

  private RunDirectory run(String text) throws IOException {
    Cell cell = new Cell("c001", text, text, text, text, text, text, text, text, text);
    Manifest plain = SampleRun.manifest(text, 2, List.of(cell));
    Manifest manifest =
        new Manifest(
            plain.schemaVersion(),
            text,
            plain.started(),
            plain.finished(),
            plain.clock(),
            plain.seed(),
            plain.blocks(),
            Optional.of(new GitRevision(text, true)),
            text,
            new Machine(text, text, text, text, 2, 1L << 30, text),
            new Jvm(text, text, text, List.of(text)),
            Map.of(text, text),
            JsonNodeFactory.instance.objectNode().put("x", text),
            true,
            Optional.empty(),
            List.of(cell),
            plain.rounds(),
            List.of(text));
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    run.writeManifest(manifest);
    List<StreamLine> lines = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      lines.add(said(SampleRun.complete(1, "c001", i, 200, 20, 64), text));
    }
    lines.add(said(StreamLine.builder(1, "c001", text, text), text));
    SignedHistogram early = new SignedHistogram();
    Histogram gaps = HistogramLog.newHistogram();
    for (int i = 0; i < 300; i++) {
      early.recordValue(-1_000_000);
      gaps.recordValue(20_000_000);
    }
    SampleRun.write(
        run,
        new PlannedRound(1, 1, "c001"),
        lines,
        HistogramLog.of(
            SampleRun.STARTED, SampleRun.STARTED, Map.of(HistogramLog.GAP, gaps), early));
    run.writeRound(
        new Round(
            2,
            2,
            "c001",
            SampleRun.STARTED,
            SampleRun.STARTED,
            Round.Status.FAILED,
            Optional.of(text),
            JsonNodeFactory.instance.arrayNode(),
            Map.of(text, 1.0),
            InstrumentReading.NONE,
            SampleRun.round(new PlannedRound(2, 2, "c001"), Map.of()).account(),
            Optional.empty()));
    return run;
  }

  private static StreamLine said(StreamLineBuilder line, String text) {
    for (StreamText each : StreamText.values()) {
      line.text(each, text);
    }
    return line.rateLimits(Map.of(text, text)).build();
  }

  /** What a reader of Markdown makes of it that plain text would not be. */
  private static final class Findings extends AbstractVisitor {
    final List<String> markup = new ArrayList<>();
    final List<String> code = new ArrayList<>();
    final List<String> rowNames = new ArrayList<>();
    private final StringBuilder shown = new StringBuilder();
    int headings;
    int tables;

    @Override
    public void visit(Heading heading) {
      headings++;
      visitChildren(heading);
    }

    @Override
    public void visit(Code inline) {
      code.add(inline.getLiteral());
    }

    @Override
    public void visit(Link link) {
      markup.add("link " + link.getDestination());
    }

    @Override
    public void visit(Image image) {
      markup.add("image " + image.getDestination());
    }

    @Override
    public void visit(HtmlInline html) {
      markup.add(html.getLiteral());
    }

    @Override
    public void visit(HtmlBlock html) {
      markup.add(html.getLiteral());
    }

    @Override
    public void visit(FencedCodeBlock block) {
      markup.add(block.getLiteral());
    }

    @Override
    public void visit(IndentedCodeBlock block) {
      markup.add(block.getLiteral());
    }

    @Override
    public void visit(OrderedList list) {
      markup.add("ordered list");
    }

    @Override
    public void visit(ThematicBreak line) {
      markup.add("rule");
    }

    @Override
    public void visit(BlockQuote quote) {
      // One is ours: that the run was simulated.
      if (!(quote.getNext() instanceof BulletList)) {
        markup.add("quote");
      }
      visitChildren(quote);
    }

    @Override
    public void visit(BulletList list) {
      if (list.getParent() instanceof ListItem) {
        markup.add("nested list");
      }
      visitChildren(list);
    }

    @Override
    public void visit(CustomBlock block) {
      if (block instanceof TableBlock) {
        tables++;
      }
      visitChildren(block);
    }

    @Override
    public void visit(CustomNode node) {
      if (node instanceof TableRow) {
        shown.setLength(0);
        visitChildren(node.getFirstChild());
        rowNames.add(shown.toString());
      }
      visitChildren(node);
    }

    @Override
    public void visit(Text text) {
      shown.append(text.getLiteral());
    }
  }
}
