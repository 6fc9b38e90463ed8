package dev.latencylens.results.care;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What may stand in an archive and what it is: a list of what is known, so that a file which got
 * into a run directory some other way is not handed on unseen.
 */
enum ExportLayout {
  MANIFEST_FILE(
      "manifest\\.json",
      "manifest.json",
      "JSON: what ran, where and how; schemas/manifest.schema.json"),
  ROUND_FILES(
      "rounds/[0-9]{4,9}\\.json",
      "rounds/*.json",
      "JSON: one round each, with JMH's own result; schemas/round.schema.json"),
  STREAM_LOG(
      "streams\\.jsonl",
      "streams.jsonl",
      "JSON Lines: one stream a line, nanoseconds; schemas/stream.schema.json"),
  HISTOGRAM_LOGS(
      "histograms/c[0-9]{3,6}/[0-9]{4,9}\\.hlog",
      "histograms/*/*.hlog",
      "HdrHistogram log V2, nanoseconds, one tag a metric; the manifest says what each cell is"),
  JMH_RESULT("jmh\\.json", "jmh.json", "JSON: JMH's own result format, all rounds merged"),
  TIMELINES(
      "timelines/[A-Za-z0-9_-][A-Za-z0-9._/-]*",
      "timelines/",
      "every stamp of every stream, where it was asked for"),
  AUDIT_LOG(
      "audit\\.jsonl",
      "audit.jsonl",
      "JSON Lines: the hash-chained audit log; users stand in it under pseudonyms"),
  CSV("summary\\.csv", "summary.csv", "CSV (RFC 4180): the table, for programs"),
  MARKDOWN("summary\\.md", "summary.md", "Markdown: the tables, for people"),
  METRICS("metrics\\.csv", "metrics.csv", "CSV (RFC 4180): one figure a row, for programs"),
  RESULTS(
      "results\\.json",
      "results.json",
      "JSON: all figures with intervals and notes; schemas/results.schema.json"),
  HTML("report\\.html", "report.html", "HTML: the report, on one page"),
  ENCRYPTED_TEXTS(
      "texts/c[0-9]{3,6}/[0-9]{4,9}\\.jsonl",
      "texts/*/*.jsonl",
      "JSON Lines: prompts and answers, encrypted; the key is not here");

  /** The manifest's name, by which a run is known. */
  static final String MANIFEST = "manifest.json";

  private static final List<String> SILENT =
      List.of("run.lock", "subjects.json", ".subjects.lock", ".erasure.json", ".audit.jsonl.lock");

  private final Pattern pattern;
  private final String shown;
  private final String meaning;

  ExportLayout(String pattern, String shown, String meaning) {
    this.pattern = Pattern.compile(pattern);
    this.shown = shown;
    this.meaning = meaning;
  }

  /** The kind of a file by its path below the run, or empty if it is not known. */
  static Optional<ExportLayout> of(String path) {
    for (ExportLayout kind : values()) {
      if (kind.pattern.matcher(path).matches() && !path.contains("..")) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** Whether a file is only of use where the run is, and so is left out without a word. */
  static boolean isInternal(String path) {
    return SILENT.contains(path);
  }

  String shown() {
    return shown;
  }

  String meaning() {
    return meaning;
  }
}
