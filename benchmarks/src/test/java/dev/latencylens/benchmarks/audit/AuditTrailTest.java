package dev.latencylens.benchmarks.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latencylens.harness.audit.Audit;
import dev.latencylens.harness.audit.AuditEvent;
import dev.latencylens.results.audit.AuditFile;
import dev.latencylens.results.audit.AuditVerification;
import dev.latencylens.results.run.Subjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AuditTrailTest {
  private static final Logger BARE = LoggerFactory.getLogger(Audit.LOGGER);

  private final Path run;

  AuditTrailTest(@TempDir final Path above) throws IOException {
    run = Files.createDirectory(above.resolve("run"));
  }

  @Test
  void everyKindOfEventReachesTheFileWithAllItsFields() throws IOException {
    final AuditTrail trail = AuditTrail.open(run);
    for (final AuditEvent.Kind kind : AuditEvent.Kind.values()) {
      Audit.log(AuditEvent.of(kind, Instant.parse("2026-11-23T01:33:00.123456Z")));
    }
    Audit.log(full());
    trail.finish();

    final List<JsonNode> lines = lines();
    final JsonNode last = lines.remove(lines.size() - 1);
    assertThat(lines)
        .extracting(line -> line.path("event").asText())
        .isEqualTo(Arrays.stream(AuditEvent.Kind.values()).map(AuditEvent.Kind::wireName).toList());
    assertThat(lines)
        .extracting(line -> line.path("timestamp").asText())
        .containsOnly("2026-11-23T01:33:00.123Z");
    full()
        .fields()
        .forEach(
            (name, value) -> {
              if (!name.equals("timestamp") && !name.equals("user_id")) {
                assertThat(last.path(name))
                    .hasToString(new ObjectMapper().valueToTree(value).toString());
              }
            });
    assertThat(AuditVerification.of(run).findings())
        .as("the run has no manifest, but its log is sealed")
        .isEmpty();
  }

  @Test
  void aUserStandsThereByPseudonym() throws IOException {
    try (AuditTrail trail = AuditTrail.open(run)) {
      Audit.log(AuditEvent.of(AuditEvent.Kind.API_CALL).userId("jane@example.org"));
      Audit.log(AuditEvent.of(AuditEvent.Kind.API_CALL).userId("jane@example.org"));
      Audit.log(AuditEvent.of(AuditEvent.Kind.API_CALL).userId("no user id:"));
      assertThat(trail).isNotNull();
    }

    final String pseudonym = Subjects.of(run).pseudonym("jane@example.org");
    assertThat(lines())
        .extracting(line -> line.path("user_id").asText())
        .containsExactly(pseudonym, pseudonym, "unknown");
    assertThat(Files.readString(run.resolve(AuditFile.NAME))).doesNotContain("jane", "no user");
  }

  @Test
  void nothingButKnownFieldsGetsIntoTheFile() throws IOException {
    try (AuditTrail trail = AuditTrail.open(run)) {
      BARE.info("a prompt-in-the-message");
      BARE.atInfo()
          .setMessage("a prompt-in-the-message {}")
          .addArgument("argument-text")
          .setCause(new IllegalStateException("exception-text"))
          .addKeyValue("timestamp", "2026-11-23T01:33:00.000Z")
          .addKeyValue("event", "error")
          .addKeyValue("prompt", "field-text")
          .addKeyValue("duration_ms", "text in place of a number")
          .addKeyValue("status", 7)
          .log();
      BARE.atInfo().addKeyValue("event", "Free text!").addKeyValue("timestamp", "now").log();
      assertThat(trail).isNotNull();
    }

    assertThat(lines()).hasSize(1);
    assertThat(Files.readString(run.resolve(AuditFile.NAME)))
        .contains("\"timestamp\":\"2026-11-23T01:33:00.000Z\",\"event\":\"error\",\"hash\":");
  }

  @Test
  void aKeyThatStandsInAFieldByMistakeIsRedacted() throws IOException {
    try (AuditTrail trail = AuditTrail.open(run)) {
      Audit.log(
          AuditEvent.of(AuditEvent.Kind.AUTHENTICATION)
              .source("the file sk-proj-abcdefghijklmnopqrstuvwxyz012345")
              .changed(List.of("headers.sk-ant-abcdefghijklmnopqrstuvwxyz012345")));
      assertThat(trail).isNotNull();
    }

    assertThat(lines()).hasSize(1);
    assertThat(Files.readString(run.resolve(AuditFile.NAME)))
        .contains("[redacted]")
        .doesNotContain("abcdefghij");
  }

  @Test
  void whoLogsNeverWaitsForTheFile() throws IOException {
    final AuditTrail trail;
    try (LockHolder other = LockHolder.start(run.resolve(AuditFile.LOCK))) {
      trail = AuditTrail.open(run);
      for (int i = 0; i < 1_000; i++) {
        Audit.log(AuditEvent.of(AuditEvent.Kind.API_CALL).requestId("r1-" + i));
      }
      assertThat(run.resolve(AuditFile.NAME)).doesNotExist();
      assertThat(other).isNotNull();
    }
    trail.finish();

    final List<String> expected = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      expected.add("r1-" + i);
    }
    assertThat(lines()).extracting(line -> line.path("request_id").asText()).isEqualTo(expected);
  }

  @Test
  void nothingReachesTheConsole() throws IOException {
    final var root =
        (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    final ListAppender<ILoggingEvent> besideTheConsole = new ListAppender<>();
    besideTheConsole.start();
    root.addAppender(besideTheConsole);
    try {
      Audit.log(full());
      try (AuditTrail trail = AuditTrail.open(run)) {
        Audit.log(full());
        assertThat(trail).isNotNull();
      }
      Audit.log(full());
    } finally {
      root.detachAppender(besideTheConsole);
    }
    assertThat(besideTheConsole.list).isEmpty();
    assertThat(lines()).hasSize(1);
  }

  @Test
  void eventsOutsideAnOpenTrailAreDropped() throws IOException {
    Audit.log(full());
    AuditTrail.open(run).close();
    Audit.log(full());
    AuditTrail.join(run).close();

    assertThat(run.resolve(AuditFile.NAME)).doesNotExist();
  }

  @Test
  void aJoiningProcessGoesOnWithTheChain() throws IOException {
    AuditTrail.open(run).close();
    for (int i = 0; i < 3; i++) {
      try (AuditTrail trail = AuditTrail.join(run)) {
        Audit.log(full());
        assertThat(trail).isNotNull();
      }
    }

    assertThat(lines()).extracting(line -> line.path("seq").asInt()).containsExactly(1, 2, 3);
  }

  @Test
  void eventsThatCouldNotBeWrittenAreTold() throws IOException {
    final AuditTrail trail = AuditTrail.open(run);
    Files.createDirectory(run.resolve(AuditFile.NAME));
    Audit.log(full());
    Audit.log(full());

    assertThatThrownBy(trail::finish)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the audit log is not complete (2 events missing): ");
    trail.close();
  }

  @Test
  void oneProcessKeepsOneLogAtATime() throws IOException {
    try (AuditTrail trail = AuditTrail.open(run)) {
      assertThatThrownBy(() -> AuditTrail.join(run)).isInstanceOf(IllegalStateException.class);
      assertThat(trail).isNotNull();
    }
    AuditTrail.join(run).close();
  }

  private static AuditEvent full() {
    return AuditEvent.of(AuditEvent.Kind.API_CALL)
        .provider("openai")
        .model("meta/llama-3:70b@v1")
        .status("timeout_idle")
        .durationMillis(1_234)
        .requestId("r12-7")
        .userId("jane")
        .source("the environment variable OPENAI_API_KEY")
        .changed(List.of("load.streams", "targets.0.model"))
        .count(AuditEvent.Count.STREAMS, 1)
        .count(AuditEvent.Count.CELLS, 2)
        .count(AuditEvent.Count.FILES, 3)
        .count(AuditEvent.Count.BYTES, 4);
  }

  private List<JsonNode> lines() throws IOException {
    final List<JsonNode> lines = new ArrayList<>();
    final ObjectMapper mapper = new ObjectMapper();
    for (final String line : Files.readAllLines(run.resolve(AuditFile.NAME))) {
      lines.add(mapper.readTree(line));
    }
    return lines;
  }
}
