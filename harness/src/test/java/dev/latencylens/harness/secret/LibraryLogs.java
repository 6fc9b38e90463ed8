package dev.latencylens.harness.secret;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** All that this suite and the clients of key stores log, at their most talkative. */
final class LibraryLogs implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> written = new CopyOnWriteArrayList<>();
  private final List<Logger> loggers =
      List.of(
          (Logger) LoggerFactory.getLogger("software.amazon"),
          (Logger) LoggerFactory.getLogger("dev.latencylens"));
  private final List<@Nullable Level> levels = new ArrayList<>();
  private final java.util.logging.Logger jdk = java.util.logging.Logger.getLogger("");
  private final java.util.logging.Level jdkLevel = jdk.getLevel();

  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(final ILoggingEvent event) {
          add(event.getLoggerName() + " " + event.getFormattedMessage());
          if (event.getThrowableProxy() != null) {
            add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
          }
        }
      };

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(final LogRecord record) {
          add(record.getLoggerName() + " " + record.getMessage() + " " + record.getThrown());
        }

        @Override
        public void flush() {
          // Nothing is held back.
        }

        @Override
        public void close() {
          // Nothing is held.
        }
      };

  LibraryLogs() {
    appender.start();
    for (final Logger logger : loggers) {
      levels.add(logger.getLevel());
      logger.setLevel(Level.TRACE);
      logger.setAdditive(false);
      logger.addAppender(appender);
    }
    jdk.setLevel(java.util.logging.Level.ALL);
    jdk.addHandler(handler);
  }

  private void add(final String line) {
    lines.add(line);
    written.add(Redactor.redact(line));
  }

  /** As they were logged. */
  List<String> lines() {
    return lines;
  }

  /** As they leave this process, redacted at the time. */
  List<String> written() {
    return written;
  }

  @Override
  public void close() {
    for (int i = 0; i < loggers.size(); i++) {
      loggers.get(i).detachAppender(appender);
      loggers.get(i).setAdditive(true);
      loggers.get(i).setLevel(levels.get(i));
    }
    jdk.removeHandler(handler);
    jdk.setLevel(jdkLevel);
  }
}
