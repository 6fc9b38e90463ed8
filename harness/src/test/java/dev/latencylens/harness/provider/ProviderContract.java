package dev.latencylens.harness.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.EventCollector;
import dev.latencylens.harness.stream.StreamEvent;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * What every streaming API promises. Its test gives the recorded streams {@code answer}, {@code
 * reasoning}, {@code error} and {@code deviating}, with the same text in each API's form, and any
 * number of others.
 */
public abstract class ProviderContract extends BrokenStreamContract {
  protected ProviderContract(
      final Provider provider, final TargetOptions options, final String directory) {
    super(provider, options, directory);
  }

  /** Events that carry no content, though some have its fields. */
  protected abstract List<String> eventsWithoutContent();

  /** Errors that have no type of the form that a type has. */
  protected List<String> errorsWithoutProperType() {
    return List.of(
        "{\"error\":{\"type\":\"FREETEXT of bob\",\"status\":\"a b\",\"code\":null}}",
        "{\"error\":{\"type\":\"" + "x".repeat(65) + "\"}}",
        "{\"type\":\"error\",\"error\":\"FREETEXT of bob\"}",
        "{\"error\":{}}");
  }

  /** Cached input tokens of the recorded stream {@code answer}. */
  protected OptionalLong cachedTokens() {
    return OptionalLong.of(4);
  }

  /** How many attributes the recorded stream {@code answer} has at least. */
  protected int leastAttributes() {
    return 2;
  }

  /** The recorded stream {@code answer} up to its event that holds a text. */
  protected byte[] answerUpTo(final String text) {
    final String body = recorded.text("answer");
    return framed(body.substring(0, body.lastIndexOf('\n', body.indexOf(text)) + 1));
  }

  @Test
  void roleAndEmptyDeltasAreNotContent() throws BrokenStreamException {
    final EventCollector events = recorded.whole(stream(eventsWithoutContent()));

    assertThat(events.events()).noneMatch(StreamEvent.Content.class::isInstance);
  }

  @Test
  void contentIsEveryNonEmptyPieceInOrder() throws BrokenStreamException {
    assertThat(recorded.events("answer"))
        .filteredOn(StreamEvent.Content.class::isInstance)
        .containsExactly(
            new StreamEvent.Content(ContentKind.TEXT, "Hé"),
            new StreamEvent.Content(ContentKind.TEXT, "llo 🌍"),
            new StreamEvent.Content(ContentKind.TEXT, ", \"wor\\ld\"\n"),
            new StreamEvent.Content(ContentKind.TEXT, "."));
  }

  @Test
  protected void reasoningIsContentOfItsOwnKind() throws BrokenStreamException {
    assertThat(recorded.events("reasoning"))
        .filteredOn(StreamEvent.Content.class::isInstance)
        .containsExactly(
            new StreamEvent.Content(ContentKind.REASONING, "Think"),
            new StreamEvent.Content(ContentKind.REASONING, "ing."),
            new StreamEvent.Content(ContentKind.TEXT, "Yes"));
  }

  @Test
  void usageIsFound() throws BrokenStreamException {
    final List<StreamEvent.UsageReported> usage =
        recorded.events("answer").stream()
            .filter(StreamEvent.UsageReported.class::isInstance)
            .map(StreamEvent.UsageReported.class::cast)
            .toList();

    assertThat(usage.get(usage.size() - 1).usage())
        .satisfies(
            last -> {
              assertThat(last.inputTokens()).hasValue(12);
              assertThat(last.cachedInputTokens()).isEqualTo(cachedTokens());
              assertThat(last.outputTokens()).hasValue(7);
              assertThat(last.streamedTokens()).hasValue(7);
            });
  }

  @Test
  void theEndOfTheAnswerIsFound() throws BrokenStreamException {
    for (final String name : List.of("answer", "reasoning", "deviating")) {
      assertThat(recorded.events(name))
          .as(name)
          .anyMatch(
              event ->
                  event instanceof StreamEvent.Finished || event instanceof StreamEvent.Terminated);
    }
  }

  @Test
  void aStreamThatIsCutOffHasNoEnd() throws BrokenStreamException {
    final EventCollector events = recorded.whole(answerUpTo("wor"));

    assertThat(events.content(ContentKind.TEXT)).isEqualTo("Héllo 🌍");
    assertThat(events.events())
        .noneMatch(StreamEvent.Finished.class::isInstance)
        .noneMatch(StreamEvent.Terminated.class::isInstance);
  }

  @Test
  void anErrorIsReportedByItsTypeWithoutItsText() throws BrokenStreamException {
    final List<StreamEvent> events = recorded.events("error");

    assertThat(events)
        .filteredOn(StreamEvent.Failed.class::isInstance)
        .containsExactly(new StreamEvent.Failed(errorType()));
    assertThat(events.toString()).doesNotContain("FREETEXT").doesNotContain("bob");
  }

  @Test
  void anErrorWithoutAProperTypeIsStillAnError() throws BrokenStreamException {
    for (final String error : errorsWithoutProperType()) {
      assertThat(recorded.whole(stream(List.of(error))).events())
          .containsExactly(new StreamEvent.Failed("error"));
    }
  }

  @Test
  void everyRecordedStreamDecodesAlikeHoweverItIsCut() throws BrokenStreamException {
    for (final String name : recorded.names()) {
      final byte[] body = recorded.bytes(name);
      final List<StreamEvent> expected = recorded.whole(body).events();

      assertThat(recorded.inPieces(body, 1).events()).as(name).isEqualTo(expected);
      for (int split = 0; split <= body.length; split++) {
        assertThat(recorded.splitAt(body, split).events())
            .as("%s, split at %s", name, split)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void unknownFieldsAreIgnored() throws BrokenStreamException {
    final String extra =
        "{\"x_new\":{\"content\":\"no\",\"text\":[\"no\",{\"usage\":1}],\"error\":{\"type\":\"no\"}},";
    for (final String name : recorded.names()) {
      // The start of a line, the field of SSE, and the event's name in the text form of AWS's.
      final String extended =
          recorded
              .text(name)
              .replaceAll(
                  "(?m)^((?:data: ?|!?[\\w-]+ )?)\\{(?=\")", "$1" + extra.replace("\\", "\\\\"));

      assertThat(recorded.whole(framed(extended)).events())
          .as(name)
          .isEqualTo(recorded.events(name));
    }
  }

  @Test
  void textInEscapesAndHalvesOfPairsComesThroughWhole() throws BrokenStreamException {
    final byte[] body =
        stream(
            List.of(eventWithText("\"\\ud83c\""), eventWithText("\"\\udf0d\\u00e9\\n\\\"\\/\"")));

    assertThat(recorded.whole(body).content(ContentKind.TEXT)).isEqualTo("🌍é\n\"/");
  }

  @Test
  void labelsAreReportedOnceAndClean() throws BrokenStreamException {
    final List<StreamEvent.Attributed> attributes =
        recorded.events("answer").stream()
            .filter(StreamEvent.Attributed.class::isInstance)
            .map(StreamEvent.Attributed.class::cast)
            .toList();

    assertThat(attributes).extracting(StreamEvent.Attributed::attribute).doesNotHaveDuplicates();
    assertThat(attributes).hasSizeGreaterThanOrEqualTo(leastAttributes());
  }

  @Test
  void isFoundByItsId() {
    assertThat(Providers.load().get(provider.id())).hasSameClassAs(provider);
  }
}
