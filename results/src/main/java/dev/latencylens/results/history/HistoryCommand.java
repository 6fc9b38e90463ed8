package dev.latencylens.results.history;

import dev.latencylens.results.care.CareConsole;
import dev.latencylens.results.run.RunFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code scripts/history}: a metric over the published releases. Exit status: 0 done, 1 a release
 * could not be read, 2 bad arguments or nothing to show.
 */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows a metric over the published releases, cell by cell, with intervals from the published "
          + "histograms.",
      "",
      "Points of different sessions carry what drifted between them, so no verdict is given. "
          + "Apache Otava (formerly Hunter) looks for change points in such a series: --format otava "
          + "writes the CSV of one cell for it."
    },
    footer = {
      "",
      "Exit status: 0 done, 1 a release or file could not be read, 2 bad arguments or "
          + "nothing to show.",
      "",
      "Examples:",
      "  scripts/history",
      "  scripts/history --metric output_tps_p50 --cell gpt-4o --format md",
      "  scripts/history --cell gpt-4o --format otava > ttft.csv",
      "",
      "For Otava, in its configuration:",
      "  tests:",
      "    ttft:",
      "      type: csv",
      "      file: ttft.csv",
      "      time_column: time",
      "      attributes: [version, commit]",
      "      metrics: { ttft_p50_ms: { direction: -1, column: ttft_p50_ms } }",
      "(direction: 1 for what is better when it is more, such as output_tps_p50)"
    })
public final class HistoryCommand implements Callable<Integer> {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int BAD_INPUT = 2;

  private final CareConsole console;
  private final PrintStream out;

  @Option(
      names = "--metric",
      paramLabel = "COLUMN",
      description = "A column of numbers in summary.csv. Default: ${DEFAULT-VALUE}.",
      defaultValue = "ttft_p50_ms")
  private String column = "";

  @Option(
      names = "--cell",
      paramLabel = "TEXT",
      description = "Only cells whose name, as this command shows it, contains the text.")
  private @Nullable String cell;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
      defaultValue = "text")
  private Format format = Format.TEXT;

  @Option(
      names = "--published",
      paramLabel = "DIR",
      description = "The directory of releases. Default: results/published.")
  private Path published = CareConsole.home().resolve("results").resolve("published");

  /** How a history is written; a person types the names in lower case. */
  enum Format {
    TEXT,
    MD,
    CSV,
    OTAVA;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private HistoryCommand(CareConsole console, PrintStream out) {
    this.console = console;
    this.out = out;
  }

  /**
   * Runs the command without ending the process.
   *
   * @param out gets the history
   * @param err gets warnings and errors
   * @param arguments the command line
   * @return the exit status
   */
  public static int run(PrintStream out, PrintStream err, String... arguments) {
    CareConsole console =
        new CareConsole("history", InputStream.nullInputStream(), out, err, false);
    return console.execute(new HistoryCommand(console, out), arguments);
  }

  @Override
  public Integer call() {
    try {
      return show();
    } catch (RunFormatException e) {
      console.say(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      console.say(published + " can't be read: " + e);
      return FAILED;
    }
    return BAD_INPUT;
  }

  private int show() throws IOException {
    Optional<HistoryMetric> metric = HistoryMetric.named(column);
    if (metric.isEmpty()) {
      console.say(
          "no column of summary.csv is called "
              + column
              + "; --metric takes one of "
              + String.join(", ", HistoryMetric.columns()));
      return BAD_INPUT;
    }
    Releases found = Releases.in(published);
    found.problems().forEach(problem -> console.say(problem + "; it is left out"));
    if (found.releases().isEmpty()) {
      console.say("there is no release in " + published + "; scripts/publish makes one of a run");
      return BAD_INPUT;
    }
    List<HistorySeries> series =
        HistorySeries.of(found.releases(), metric.get(), Optional.ofNullable(cell));
    if (series.isEmpty()) {
      console.say("no published cell has that in its name: " + cell + "; leave --cell out to see");
      return BAD_INPUT;
    }
    if (format == Format.OTAVA && series.size() > 1) {
      console.say(
          "Otava reads one series a file, and these are "
              + series.size()
              + " cells; choose one with --cell: "
              + String.join(" | ", series.stream().map(HistorySeries::name).toList()));
      return BAD_INPUT;
    }
    out.print(rendered(series, metric.get()));
    out.flush();
    return found.problems().isEmpty() ? DONE : FAILED;
  }

  private String rendered(List<HistorySeries> series, HistoryMetric metric) {
    return switch (format) {
      case TEXT -> HistoryText.forTerminal(series, metric);
      case MD -> HistoryText.forMarkdown(series, metric);
      case CSV -> HistoryCsv.all(series, metric);
      case OTAVA -> HistoryCsv.forOtava(series.get(0), metric);
    };
  }
}
