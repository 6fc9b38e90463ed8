package dev.latencylens.harness.audit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.latencylens.harness.stream.ConnectionPhases;
import dev.latencylens.harness.stream.Content;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

@ResourceLock(Audit.LOGGER)
final class AuditTest {
  private static final String SERVER_TEXT = "the service says sk-proj-ABC";
  private static final long MILLI = 1_000_000;

  private final Logger logger = (Logger) LoggerFactory.getLogger(Audit.LOGGER);
  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

  @BeforeEach
  void listen() {
    heard.start();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(heard);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(heard);
    logger.setLevel(null);
    logger.setAdditive(true);
  }

  @Test
  void anEventIsLoggedAsKeyValuePairs() {
    Audit.log(
        AuditEvent.of(AuditEvent.Kind.AUTHENTICATION, Instant.parse("2026-11-23T01:33:00.9876Z"))
            .provider("openai")
            .status("success")
            .source("the environment variable OPENAI_API_KEY"));

    assertThat(heard.list).hasSize(1);
    assertThat(heard.list.get(0).getLevel()).isEqualTo(Level.INFO);
    assertThat(pairs(heard.list.get(0)))
        .containsExactly(
            Map.entry("timestamp", "2026-11-23T01:33:00.987Z"),
            Map.entry("event", "authentication"),
            Map.entry("provider", "openai"),
            Map.entry("status", "success"),
            Map.entry("source", "the environment variable OPENAI_API_KEY"));
  }

  @Test
  void theTimestampIsTheSameInEveryLocale() {
    final Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab-ca-islamic"));
      assertThat(
              AuditEvent.of(AuditEvent.Kind.ERROR, Instant.parse("2026-11-23T01:33:00Z")).fields())
          .containsEntry("timestamp", "2026-11-23T01:33:00.000Z");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void oddValuesAreMadeHarmlessAndNeverRefused() {
    final String odd = "a b\n{\"x\":1}\u001b[2J\u202e\ud83d\ude00\ud83d";

    final Map<String, Object> fields =
        AuditEvent.of(AuditEvent.Kind.ERROR)
            .provider(odd)
            .model(odd)
            .status(odd)
            .requestId(odd)
            .userId(odd)
            .source("the file /home/j\u00fcrgen/my key\n\u001b[2J\ud83d")
            .changed(List.of(odd, "load.streams"))
            .durationMillis(-5)
            .count(AuditEvent.Count.BYTES, Long.MIN_VALUE)
            .fields();

    for (final String name : List.of("provider", "model", "status", "request_id", "user_id")) {
      assertThat(fields.get(name)).isEqualTo("a_b___x_:1__[2J___");
    }
    assertThat(fields)
        .containsEntry("source", "the file /home/j\u00fcrgen/my key__[2J_")
        .containsEntry("changed", List.of("a_b___x_:1__[2J___", "load.streams"))
        .containsEntry("duration_ms", 0L)
        .containsEntry("bytes", 0L);
  }

  @Test
  void longValuesAreCut() {
    final String text = "x".repeat(100_000);
    final Map<String, Object> fields =
        AuditEvent.of(AuditEvent.Kind.ERROR)
            .provider(text)
            .model(text)
            .source(text)
            .changed(Collections.nCopies(1_000, text))
            .fields();

    assertThat(String.valueOf(fields.get("provider"))).hasSize(64);
    assertThat(String.valueOf(fields.get("model"))).hasSize(256);
    assertThat(String.valueOf(fields.get("source"))).hasSize(256);
    assertThat((List<?>) fields.get("changed")).hasSize(100);
    assertThat(fields).containsEntry("changed_keys", 1_000L);
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void everyOutcomeOfAStreamIsLogged(final Outcome outcome) {
    Audit.stream(record(outcome), Optional.of("jane"));

    final List<Object> events = new ArrayList<>();
    for (final ILoggingEvent event : heard.list) {
      assertThat(pairs(event))
          .containsEntry("provider", "openai")
          .containsEntry("model", "gpt-4o-mini")
          .containsEntry("status", outcome.wireName())
          .containsEntry("request_id", "r1-7")
          .containsEntry("user_id", "jane");
      events.add(pairs(event).get("event"));
    }
    switch (outcome) {
      case COMPLETE -> assertThat(events).containsExactly("api_call");
      case REFUSED_BY_LIMIT -> assertThat(events).containsExactly("refused");
      case RATE_LIMITED -> assertThat(events).containsExactly("api_call", "rate_limited");
      default -> assertThat(events).containsExactly("api_call", "error");
    }
    if (outcome != Outcome.REFUSED_BY_LIMIT) {
      assertThat(pairs(heard.list.get(0))).containsEntry("duration_ms", 250L);
    }
  }

  @Test
  void noTextOfTheServerIsLogged() {
    for (final Outcome outcome : Outcome.values()) {
      Audit.stream(record(outcome), Optional.empty());
    }

    assertThat(heard.list)
        .isNotEmpty()
        .allSatisfy(
            event ->
                assertThat(pairs(event).toString() + event.getFormattedMessage())
                    .doesNotContain("sk-proj"));
  }

  @Test
  void theVocabularyKnowsOnlyStreamsAndSlf4j() {
    final String base = "dev.latencylens.harness";
    classes()
        .that()
        .resideInAPackage(base + ".audit..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            base + ".audit..", base + ".stream..", "org.slf4j..", "java..", "org.jspecify..")
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(base + ".audit"));
  }

  private static StreamRecord record(final Outcome outcome) {
    return new StreamRecord(
        "r1-7",
        "openai",
        "gpt-4o-mini",
        outcome,
        Optional.of(SERVER_TEXT),
        OptionalInt.of(200),
        0,
        10 * MILLI,
        OptionalLong.of(50 * MILLI),
        OptionalLong.empty(),
        300 * MILLI,
        OptionalLong.empty(),
        Content.NONE,
        Usage.UNKNOWN,
        Optional.of(SERVER_TEXT),
        new ConnectionPhases(
            true, "HTTP/1.1", OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()),
        Map.of(),
        Optional.of(SERVER_TEXT),
        Map.of("retry-after", SERVER_TEXT),
        Optional.empty(),
        Optional.empty());
  }

  private static Map<String, Object> pairs(final ILoggingEvent event) {
    final Map<String, Object> pairs = new LinkedHashMap<>();
    event.getKeyValuePairs().forEach(pair -> pairs.put(pair.key, pair.value));
    return pairs;
  }
}
