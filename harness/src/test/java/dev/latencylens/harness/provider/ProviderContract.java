package dev.latencylens.harness.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.EventCollector;
import dev.latencylens.harness.stream.StreamEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every provider promises. A provider's test gives the recorded streams {@code answer.sse},
 * {@code reasoning.sse}, {@code error.sse} and {@code deviating.sse}, with the same text in each
 * provider's form, and any number of others.
 */
public abstract class ProviderContract extends BrokenStreamContract {
  protected ProviderContract(final Provider provider) {
    super(provider);
  }

  /** Events that carry no content, though some have its fields. */
  protected abstract List<String> eventsWithoutContent();

  @Test
  void roleAndEmptyDeltasAreNotContent() throws BrokenStreamException {
    final EventCollector events = Recorded.whole(provider, stream(eventsWithoutContent()));

    assertThat(events.events()).noneMatch(StreamEvent.Content.class::isInstance);
  }

  @Test
  void contentIsEveryNonEmptyPieceInOrder() throws BrokenStreamException {
    assertThat(Recorded.events(provider, "answer.sse"))
        .filteredOn(StreamEvent.Content.class::isInstance)
        .containsExactly(
            new StreamEvent.Content(ContentKind.TEXT, "Hé"),
            new StreamEvent.Content(ContentKind.TEXT, "llo 🌍"),
            new StreamEvent.Content(ContentKind.TEXT, ", \"wor\\ld\"\n"),
            new StreamEvent.Content(ContentKind.TEXT, "."));
  }

  @Test
  void reasoningIsContentOfItsOwnKind() throws BrokenStreamException {
    assertThat(Recorded.events(provider, "reasoning.sse"))
        .filteredOn(StreamEvent.Content.class::isInstance)
        .containsExactly(
            new StreamEvent.Content(ContentKind.REASONING, "Think"),
            new StreamEvent.Content(ContentKind.REASONING, "ing."),
            new StreamEvent.Content(ContentKind.TEXT, "Yes"));
  }

  @Test
  void usageIsFound() throws BrokenStreamException {
    final List<StreamEvent.UsageReported> usage =
        Recorded.events(provider, "answer.sse").stream()
            .filter(StreamEvent.UsageReported.class::isInstance)
            .map(StreamEvent.UsageReported.class::cast)
            .toList();

    assertThat(usage.get(usage.size() - 1).usage())
        .satisfies(
            last -> {
              assertThat(last.inputTokens()).hasValue(12);
              assertThat(last.cachedInputTokens()).hasValue(4);
              assertThat(last.outputTokens()).hasValue(7);
              assertThat(last.streamedTokens()).hasValue(7);
            });
  }

  @Test
  void theEndOfTheAnswerIsFound() throws BrokenStreamException {
    for (final String name : List.of("answer.sse", "reasoning.sse", "deviating.sse")) {
      assertThat(Recorded.events(provider, name))
          .as(name)
          .anyMatch(
              event ->
                  event instanceof StreamEvent.Finished || event instanceof StreamEvent.Terminated);
    }
  }

  @Test
  void aStreamThatIsCutOffHasNoEnd() throws BrokenStreamException {
    final String body = new String(Recorded.bytes(provider, "answer.sse"), UTF_8);
    final byte[] half = body.substring(0, body.indexOf("wor")).getBytes(UTF_8);

    final EventCollector events = Recorded.whole(provider, half);

    assertThat(events.content(ContentKind.TEXT)).isEqualTo("Héllo 🌍");
    assertThat(events.events())
        .noneMatch(StreamEvent.Finished.class::isInstance)
        .noneMatch(StreamEvent.Terminated.class::isInstance);
  }

  @Test
  void anErrorIsReportedByItsTypeWithoutItsText() throws BrokenStreamException {
    final List<StreamEvent> events = Recorded.events(provider, "error.sse");

    assertThat(events)
        .filteredOn(StreamEvent.Failed.class::isInstance)
        .containsExactly(new StreamEvent.Failed(errorType()));
    assertThat(events.toString()).doesNotContain("FREETEXT").doesNotContain("bob");
  }

  @Test
  void anErrorWithoutAProperTypeIsStillAnError() throws BrokenStreamException {
    for (final String error :
        List.of(
            "{\"error\":{\"type\":\"FREETEXT of bob\",\"status\":\"a b\",\"code\":null}}",
            "{\"error\":{\"type\":\"" + "x".repeat(65) + "\"}}",
            "{\"type\":\"error\",\"error\":\"FREETEXT of bob\"}",
            "{\"error\":{}}")) {
      assertThat(Recorded.whole(provider, stream(List.of(error))).events())
          .containsExactly(new StreamEvent.Failed("error"));
    }
  }

  @Test
  void everyRecordedStreamDecodesAlikeHoweverItIsCut() throws BrokenStreamException {
    for (final String name : Recorded.names(provider)) {
      final byte[] body = Recorded.bytes(provider, name);
      final List<StreamEvent> expected = Recorded.whole(provider, body).events();

      assertThat(Recorded.inPieces(provider, body, 1).events()).as(name).isEqualTo(expected);
      for (int split = 0; split <= body.length; split++) {
        assertThat(Recorded.splitAt(provider, body, split).events())
            .as("%s, split at %s", name, split)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void unknownFieldsAreIgnored() throws BrokenStreamException {
    final String extra =
        "{\"x_new\":{\"content\":\"no\",\"text\":[\"no\",{\"usage\":1}],\"error\":{\"type\":\"no\"}},";
    for (final String name : Recorded.names(provider)) {
      final String body = new String(Recorded.bytes(provider, name), UTF_8);
      final String extended =
          body.replaceAll("(data: ?)\\{(?=\")", "$1" + extra.replace("\\", "\\\\"));

      assertThat(Recorded.whole(provider, extended.getBytes(UTF_8)).events())
          .as(name)
          .isEqualTo(Recorded.events(provider, name));
    }
  }

  @Test
  void textInEscapesAndHalvesOfPairsComesThroughWhole() throws BrokenStreamException {
    final byte[] body =
        stream(
            List.of(eventWithText("\"\\ud83c\""), eventWithText("\"\\udf0d\\u00e9\\n\\\"\\/\"")));

    assertThat(Recorded.whole(provider, body).content(ContentKind.TEXT)).isEqualTo("🌍é\n\"/");
  }

  @Test
  void labelsAreReportedOnceAndClean() throws BrokenStreamException {
    final List<StreamEvent.Attributed> attributes =
        Recorded.events(provider, "answer.sse").stream()
            .filter(StreamEvent.Attributed.class::isInstance)
            .map(StreamEvent.Attributed.class::cast)
            .toList();

    assertThat(attributes).extracting(StreamEvent.Attributed::attribute).doesNotHaveDuplicates();
    assertThat(attributes).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void isFoundByItsId() {
    assertThat(Providers.load().get(provider.id())).hasSameClassAs(provider);
  }
}
