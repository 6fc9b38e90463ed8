package dev.latencylens.benchmarks.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import dev.latencylens.harness.secret.Secret;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {
  private static final String KEY = "Zx81KqPw0dTn5-MARKED";

  private final Secret secret = Secret.of(KEY);
  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @AfterEach
  void close() {
    secret.close();
    context.stop();
  }

  /** A log as a user may configure it: everything, with all that an event holds. */
  private Logger logger(final String name) {
    context.setMDCAdapter(new LogbackMDCAdapter());
    final WireLogBan ban = new WireLogBan();
    ban.setContext(context);
    ban.start();
    context.addTurboFilter(ban);
    final RedactingEncoder encoder = new RedactingEncoder();
    encoder.setContext(context);
    encoder.setPattern("[%thread] %logger %mdc %kvp: %msg%n%ex{full}");
    encoder.start();
    final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(log);
    appender.start();
    final Logger logger = context.getLogger(name);
    logger.setLevel(Level.TRACE);
    logger.addAppender(appender);
    return logger;
  }

  private String logged() {
    return log.toString(StandardCharsets.UTF_8);
  }

  @Test
  void noPartOfALogEventHoldsAKey() throws InterruptedException {
    final Logger logger = logger("any");
    final Exception chain =
        new IllegalStateException("outer " + KEY, new Exception("cause " + KEY));
    chain.addSuppressed(new Exception("suppressed " + KEY));
    final Thread thread =
        new Thread(
            () ->
                logger
                    .atInfo()
                    .addKeyValue("pair", KEY)
                    .setCause(chain)
                    .log("message {} {}", "argument", KEY),
            "thread-" + KEY);
    thread.start();
    thread.join();

    assertThat(logged())
        .contains("message argument [redacted]", "outer [redacted]", "cause [redacted]")
        .contains("suppressed [redacted]", "[thread-[redacted]]", "pair=\"[redacted]\"")
        .doesNotContain("MARKED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.hc.client5.http.wire",
        "org.apache.hc.client5.http.headers",
        "org.apache.hc.client5.http2.frame",
        "com.google.auth.oauth2.OAuth2Credentials",
        "com.azure.identity",
        "software.amazon.awssdk.request",
        "software.amazon.awssdk.http.auth.aws.internal.signer.DefaultV4RequestSigner"
      })
  void whatRepeatsTheWireIsSilentThoughAUserSwitchesItOn(final String name) {
    final Logger logger = logger(name);

    logger.debug("0x41 0x75");
    logger.error("0x41 0x75");

    assertThat(logged()).isEmpty();
    assertThat(logger.isDebugEnabled()).isFalse();
  }

  @Test
  void whatNoCodeHasCaughtIsPrintedWithoutKeys() {
    final ByteArrayOutputStream err = new ByteArrayOutputStream();

    Redaction.uncaught(
        new Thread("thread-" + KEY),
        new IllegalStateException(KEY, new Exception(KEY)),
        // What a measuring process prints goes to JMH as it is.
        new PrintStream(err, true, StandardCharsets.UTF_8));

    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("Exception in thread \"thread-[redacted]\"")
        .contains("Caused by")
        .doesNotContain("MARKED");
  }
}
