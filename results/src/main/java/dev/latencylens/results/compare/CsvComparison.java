package dev.latencylens.results.compare;

import dev.latencylens.results.run.Cell;
import dev.latencylens.results.stats.Statistic;
import dev.latencylens.results.stats.verdict.FailureComparison.Rate;
import dev.latencylens.results.stats.verdict.PairedBlocks;
import dev.latencylens.results.table.Decimal;
import dev.latencylens.results.table.SafeText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A comparison as CSV (RFC 4180): a line for each quantile and each pair's failures. Cells are
 * numbers, names, or empty; the last column says why a number is missing.
 */
final class CsvComparison {
  private static final int DECIMALS = 6;
  private static final List<String> SIDE =
      List.of("cell", "arm", "target", "provider", "model", "load", "machine");

  private CsvComparison() {}

  static String render(CellComparison comparison) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
      csv.printRecord(header());
      for (ComparedQuantile row :
          Stream.concat(comparison.planned().stream(), comparison.others().stream()).toList()) {
        csv.printRecord(record(row));
      }
      for (ComparedFailures each : comparison.failures()) {
        csv.printRecord(record(each));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a string builder does not fail", e);
    }
    return text.toString();
  }

  private static List<String> header() {
    List<String> names = new ArrayList<>();
    for (String side : List.of("baseline_", "candidate_")) {
      SIDE.forEach(column -> names.add(side + column));
    }
    names.addAll(
        List.of(
            "statistic",
            "unit",
            "baseline",
            "candidate",
            "ratio",
            "ratio_low",
            "ratio_high",
            "p",
            "detectable_share",
            "verdict",
            "instrument",
            "blocks_to_settle",
            "notes"));
    return names;
  }

  private static List<String> record(ComparedQuantile row) {
    List<String> values = new ArrayList<>();
    side(row.baseline(), values);
    side(row.candidate(), values);
    List<String> notes = new ArrayList<>();
    values.add(row.statistic());
    values.add(row.metric().isRate() ? "tokens/s" : "ms");
    values.add(value(row, "baseline", row.before(), notes));
    values.add(value(row, "candidate", row.after(), notes));
    values.add(row.change().map(PairedBlocks.Effect::ratio).map(CsvComparison::number).orElse(""));
    values.add(row.change().map(PairedBlocks.Effect::low).map(CsvComparison::number).orElse(""));
    values.add(row.change().map(PairedBlocks.Effect::high).map(CsvComparison::number).orElse(""));
    values.add(number(row.p()));
    values.add(number(row.detectable()));
    values.add(row.standing().label());
    values.add(RowText.instrument(row));
    values.add(row.settle().isPresent() ? Integer.toString(row.settle().getAsInt()) : "");
    row.reason().ifPresent(notes::add);
    values.add(SafeText.forCsv(String.join(";", notes)));
    return values;
  }

  private static List<String> record(ComparedFailures each) {
    List<String> values = new ArrayList<>();
    side(each.baseline(), values);
    side(each.candidate(), values);
    Rate before = each.rates().baseline();
    Rate after = each.rates().candidate();
    values.addAll(
        Arrays.asList(
            "failures",
            "share",
            number((double) before.failed() / before.requests()),
            number((double) after.failed() / after.requests()),
            "",
            "",
            "",
            number(each.p()),
            "",
            each.finding().label(),
            "",
            "",
            before.failed()
                + " of "
                + before.requests()
                + ";"
                + after.failed()
                + " of "
                + after.requests()));
    return values;
  }

  private static void side(Cell cell, List<String> values) {
    Stream.of(
            cell.id(),
            cell.arm(),
            cell.target(),
            cell.provider(),
            cell.model(),
            cell.load(),
            cell.machine())
        .map(SafeText::forCsv)
        .forEach(values::add);
  }

  private static String value(
      ComparedQuantile row, String name, Statistic statistic, List<String> notes) {
    if (statistic instanceof Statistic.Value value) {
      return number(row.metric().inTableUnit(value.value()));
    }
    notes.add(
        statistic instanceof Statistic.Censored limit
            ? name + "=censored:" + number(row.metric().inTableUnit(limit.limit()))
            : name + "=absent");
    return "";
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : "";
  }

  private static String number(double value) {
    return Decimal.fixed(value, DECIMALS);
  }
}
