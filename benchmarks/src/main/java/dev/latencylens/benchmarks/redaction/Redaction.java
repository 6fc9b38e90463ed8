package dev.latencylens.benchmarks.redaction;

import ch.qos.logback.classic.LoggerContext;
import dev.latencylens.harness.secret.RedactingStream;
import dev.latencylens.harness.secret.Redactor;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.slf4j.LoggerFactory;

/** Guards the exits of this process: its two streams, its log, and what no code has caught. */
public final class Redaction {
  private Redaction() {}

  /**
   * Guards the exits from now on. To be called first thing, in every process of the suite; calling
   * it again does no harm.
   */
  public static void install() {
    System.setOut(RedactingStream.around(new FileOutputStream(FileDescriptor.out)));
    System.setErr(RedactingStream.around(new FileOutputStream(FileDescriptor.err)));
    guardLogs();
  }

  /**
   * Guards the log and what no code has caught, and leaves the streams to JMH, which hands what a
   * measuring process prints to the one that redacts it.
   */
  public static void guardLogs() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getTurboFilterList().removeIf(WireLogBan.class::isInstance);
      final WireLogBan ban = new WireLogBan();
      ban.setContext(context);
      ban.start();
      context.addTurboFilter(ban);
    }
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> uncaught(thread, thrown, System.err));
  }

  static void uncaught(final Thread thread, final Throwable thrown, final PrintStream err) {
    final StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    err.println(
        Redactor.redact("Exception in thread \"" + thread.getName() + "\" " + trace).strip());
  }
}
