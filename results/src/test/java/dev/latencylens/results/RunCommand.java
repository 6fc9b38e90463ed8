package dev.latencylens.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latencylens.results.care.CareLog;
import dev.latencylens.results.care.EraseCommand;
import dev.latencylens.results.care.ExportCommand;
import dev.latencylens.results.compare.CompareCommand;
import dev.latencylens.results.history.Checksums;
import dev.latencylens.results.history.HistoryCommand;
import dev.latencylens.results.inspect.InspectCommand;
import dev.latencylens.results.merge.MergeCommand;
import dev.latencylens.results.publish.PublishCommand;
import dev.latencylens.results.report.ReportCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Each command that reads a run, as a person would call it. */
public enum RunCommand {
  /** {@code scripts/report}. */
  REPORT {
    @Override
    int start(PrintStream out, PrintStream err, Path run, Path other, Path scratch) {
      return ReportCommand.run(out, err, run.toString());
    }
  },
  /** {@code scripts/report --from jmh,hlog}. */
  REPORT_FROM_LOGS {
    @Override
    int start(PrintStream out, PrintStream err, Path run, Path other, Path scratch) {
      return ReportCommand.run(out, err, run.toString(), "--from", "jmh,hlog");
    }
  },
  /** {@code scripts/compare --by load}. */
  COMPARE {
    @Override
    int start(PrintStream out, PrintStream err, Path run, Path other, Path scratch) {
      return CompareCommand.run(out, err, run.toString(), "--by", "load");
    }
  },
  /** {@code scripts/compare} of two runs. */
  COMPARE_TWO {
    @Override
    int start(PrintStream out, PrintStream err, Path run, Path other, Path scratch) {
      return CompareCommand.run(out, err, run.toString(), other.toString());
    }
  },
  /** {@code scripts/inspect}. */
  INSPECT {
    @Override
    int start(PrintStream out, PrintStream err, Path run, Path other, Path scratch) {
      return InspectCommand.run(out, err, run.toString(), "--slowest", "100", "--by", "total");
    }
  },
  /** {@code scripts/publish}. */
  PUBLISH {
    @Override
    int start(PrintStream out, PrintStream err, Path run, Path other, Path scratch) {
      return PublishCommand.run(
          out,
          err,
          CareLog.NONE,
          run.toString(),
          "--as",
          "1.0",
          "--published",
          scratch.resolve("published").toString());
    }
  },
  /** {@code scripts/merge} with a run of another machine. */
  MERGE {
    @Override
    int start(PrintStream out, PrintStream err, Path run, Path other, Path scratch) {
      return MergeCommand.run(
          out,
          err,
          run.toString(),
          other.toString(),
          "--out",
          scratch.resolve("merged").toString());
    }
  },
  /** {@code scripts/history} of a release that was the run before it was damaged. */
  HISTORY {
    @Override
    int start(PrintStream out, PrintStream err, Path run, Path other, Path scratch)
        throws IOException {
      Path published = Files.createDirectories(scratch.resolve("releases"));
      Path release = Files.move(run, published.resolve("1.0"));
      try {
        return HistoryCommand.run(out, err, "--published", published.toString());
      } finally {
        Files.move(release, run);
      }
    }
  },
  /** {@code scripts/erase}. */
  ERASE {
    @Override
    int start(PrintStream out, PrintStream err, Path run, Path other, Path scratch) {
      return EraseCommand.run(
          InputStream.nullInputStream(), out, err, CareLog.NONE, run.toString(), "--yes");
    }
  },
  /** {@code scripts/export}. */
  EXPORT {
    @Override
    int start(PrintStream out, PrintStream err, Path run, Path other, Path scratch) {
      return ExportCommand.run(
          out, err, CareLog.NONE, run.toString(), "--out", scratch.resolve("run.zip").toString());
    }
  };

  /**
   * What came of a command.
   *
   * @param status its exit status
   * @param out what it printed
   * @param err what it said on standard error
   */
  public record Ended(int status, String out, String err) {
    /** Both texts. */
    public String all() {
      return out + err;
    }
  }

  abstract int start(PrintStream out, PrintStream err, Path run, Path other, Path scratch)
      throws IOException;

  /**
   * Runs the command.
   *
   * @param run the run
   * @param other the same run as measured on another machine, later
   * @param scratch a directory to write to
   */
  public Ended run(Path run, Path other, Path scratch) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        start(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            run,
            other,
            scratch);
    return new Ended(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** Takes a run whose tables are written for a release. */
  static void makeRelease(Path run) throws IOException {
    Files.writeString(run.resolve(Checksums.FILE), Checksums.of(run));
  }
}
