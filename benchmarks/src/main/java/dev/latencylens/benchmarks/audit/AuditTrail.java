package dev.latencylens.benchmarks.audit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.latencylens.harness.audit.Audit;
import dev.latencylens.results.audit.AuditFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * Keeps the audit log of one run in this process: while it is open, what is logged through {@link
 * Audit} goes there and nowhere else. A process has one at a time. The runner opens it, each
 * measuring process joins it; the runner finishes it. An end of the process closes it too, unless
 * it is killed outright: then at most the events of the last moments are missing. Thread-safe.
 */
public final class AuditTrail implements AutoCloseable {
  private static final AtomicBoolean OPEN = new AtomicBoolean();

  private final Path run;
  private final Logger logger;
  private final AuditWriter writer;
  private final AuditAppender appender;
  private final Thread atExit = new Thread(this::flushAtExit, "latency-lens-audit-exit");
  private boolean closed;

  private AuditTrail(final Path run, final LoggerContext context) {
    this.run = run;
    this.logger = context.getLogger(Audit.LOGGER);
    this.writer = AuditWriter.start(run);
    this.appender = new AuditAppender(writer);
    appender.setContext(context);
    appender.start();
    logger.setLevel(Level.INFO);
    // The console is for people, and for what is wrong.
    logger.setAdditive(false);
    logger.addAppender(appender);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Begins the audit log of a new run, in the runner.
   *
   * @param run the run directory, which is there
   * @return the trail, to be finished or closed
   * @throws IOException if the run has an audit log, or the heads beside the run can't be written
   * @throws IllegalStateException if this process keeps another audit log
   */
  public static AuditTrail open(final Path run) throws IOException {
    AuditFile.of(run).begin();
    return attach(run);
  }

  /**
   * Goes on with the audit log of a run, in a measuring process. The runner has logged the run's
   * start by then.
   *
   * @param run the run directory
   * @return the trail, to be closed
   * @throws IOException if this process has another logging library than Logback
   * @throws IllegalStateException if this process keeps another audit log
   */
  public static AuditTrail join(final Path run) throws IOException {
    return attach(run);
  }

  private static AuditTrail attach(final Path run) throws IOException {
    if (!Files.isDirectory(run)) {
      throw new IOException(run + " is not there: an audit log needs its run directory");
    }
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      throw new IOException("the audit log needs Logback, and another logging library is in use");
    }
    if (!OPEN.compareAndSet(false, true)) {
      throw new IllegalStateException("this process keeps an audit log already");
    }
    return new AuditTrail(run, context);
  }

  /**
   * Stops listening and writes what is left. What is logged later is dropped. A second call does
   * nothing.
   *
   * @throws IOException if events could not be written; the message says how many
   */
  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (final IllegalStateException e) {
      // The process ends already, and this is the hook or runs beside it.
    }
    detach();
  }

  private synchronized void detach() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    logger.detachAppender(appender);
    appender.stop();
    try {
      writer.close();
    } finally {
      OPEN.set(false);
    }
  }

  /**
   * Closes the trail and seals the log: the hash of its last line goes into the file of heads
   * beside the run directory. For the runner, at the end of a run that came to its end.
   *
   * @throws IOException if events could not be written, or the log not be sealed
   */
  public void finish() throws IOException {
    close();
    AuditFile.of(run).seal();
  }

  /** What is logged while the process ends, as an interrupted run does, is written too. */
  private void flushAtExit() {
    try {
      writer.flush();
    } catch (final IOException e) {
      System.err.println("audit: " + e.getMessage());
    }
  }
}
