package dev.latencylens.benchmarks.command;

import dev.latencylens.benchmarks.doctor.DoctorCommand;
import dev.latencylens.benchmarks.init.InitCommand;
import dev.latencylens.benchmarks.micro.DeadlinesCommand;
import dev.latencylens.benchmarks.micro.MicroCommand;
import dev.latencylens.benchmarks.proof.DisciplineCommand;
import dev.latencylens.benchmarks.proof.LargeRunCommand;
import dev.latencylens.benchmarks.proof.TrialsCommand;
import dev.latencylens.benchmarks.redaction.Redaction;
import dev.latencylens.benchmarks.runner.BenchCommand;
import dev.latencylens.benchmarks.runner.RevealCommand;
import dev.latencylens.benchmarks.runner.SweepCommand;
import dev.latencylens.benchmarks.validate.CapacityCommand;
import dev.latencylens.benchmarks.validate.ValidateCommand;
import dev.latencylens.results.audit.AuditCommand;
import dev.latencylens.results.care.CareLog;
import dev.latencylens.results.care.EraseCommand;
import dev.latencylens.results.care.ExportCommand;
import dev.latencylens.results.compare.CompareCommand;
import dev.latencylens.results.history.HistoryCommand;
import dev.latencylens.results.inspect.InspectCommand;
import dev.latencylens.results.merge.MergeCommand;
import dev.latencylens.results.publish.PublishCommand;
import dev.latencylens.results.report.FalseAlarmsCommand;
import dev.latencylens.results.report.ReportCommand;
import java.io.PrintStream;
import java.util.Arrays;

/**
 * Starts one of the suite's commands: the first argument names it, the others are its own. Nothing
 * is printed or logged that has not passed the redaction.
 */
public final class Main {
  private static final int BAD_INPUT = 2;

  private Main() {}

  /**
   * Runs a command and exits with its status.
   *
   * @param arguments the command's name, then its arguments
   */
  public static void main(final String[] arguments) {
    Redaction.install();
    final int status = run(System.out, System.err, arguments);
    System.out.flush();
    System.err.flush();
    System.exit(status);
  }

  private static int run(final PrintStream out, final PrintStream err, final String... arguments) {
    final String command = arguments.length == 0 ? "" : arguments[0];
    final String[] own =
        Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
    return switch (command) {
      case "bench" ->
          own.length > 0 && own[0].equals("micro")
              ? MicroCommand.run(out, err, Arrays.copyOfRange(own, 1, own.length))
              : BenchCommand.run(out, err, own);
      case "sweep" -> SweepCommand.run(out, err, own);
      case "report" -> ReportCommand.run(out, err, own);
      case "compare" -> CompareCommand.run(out, err, own);
      case "false-alarms" -> FalseAlarmsCommand.run(out, err, own);
      case "reveal" -> RevealCommand.run(out, err, own);
      case "erase" -> EraseCommand.run(System.in, out, err, CareLog.AUDITED, own);
      case "export" -> ExportCommand.run(out, err, CareLog.AUDITED, own);
      case "publish" -> PublishCommand.run(out, err, CareLog.AUDITED, own);
      case "history" -> HistoryCommand.run(out, err, own);
      case "merge" -> MergeCommand.run(out, err, own);
      case "deadlines" -> DeadlinesCommand.run(out, err, own);
      case "discipline" -> DisciplineCommand.run(out, err, own);
      case "verdict-trials" -> TrialsCommand.run(out, err, own);
      case "large-run" -> LargeRunCommand.run(out, err, own);
      case "capacity" -> CapacityCommand.run(out, err, own);
      case "validate" -> ValidateCommand.run(out, err, own);
      case "doctor" -> DoctorCommand.run(out, err, own);
      case "init" -> InitCommand.run(out, err, own);
      case "inspect" -> InspectCommand.run(out, err, own);
      case "audit" -> AuditCommand.run(out, err, own);
      default -> {
        err.println("there is no such command: the scripts start them by name");
        yield BAD_INPUT;
      }
    };
  }
}
