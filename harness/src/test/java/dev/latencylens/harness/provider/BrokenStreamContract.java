package dev.latencylens.harness.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every provider promises of streams that are broken, huge or hostile. */
public abstract class BrokenStreamContract extends RequestContract {
  protected BrokenStreamContract(
      final Provider provider, final TargetOptions options, final String directory) {
    super(provider, options, directory);
  }

  /** The data of one event with the given text, as JSON. */
  protected abstract String eventWithText(String json);

  @Test
  void brokenJsonIsNamedByItsPlaceAndNotRepeated() {
    final String good = eventWithText("\"a\"");
    final Map<String, String> broken =
        Map.of(
            "{\"MARKED\" 1}", "broken JSON",
            "{\"MARKED\":tru}", "broken JSON",
            "{\"MARKED\":\"\u0001\"}", "broken JSON",
            "{\"MARKED\":", "the JSON ends too early",
            "{\"MARKED\":1}}", "text after the JSON object",
            "{\"MARKED\":1} MARKED", "text after the JSON object",
            "\"MARKED\"", "not a JSON object",
            "[\"MARKED\"]", "not a JSON object",
            "MARKED", "broken JSON");

    broken.forEach(
        (event, reason) ->
            assertThatThrownBy(() -> recorded.whole(stream(List.of(good, event))))
                .as(event)
                .isInstanceOfSatisfying(
                    BrokenStreamException.class,
                    e -> assertThat(e.outcome()).isEqualTo(Outcome.MALFORMED))
                .hasMessageMatching("event 2 of the stream: " + reason + " at byte \\d+")
                .hasMessageNotContaining("MARKED"));
  }

  @Test
  void theByteOfABreakIsCountedWithinItsEvent() {
    final String good = eventWithText("\"a long text in front\"");

    assertThatThrownBy(() -> recorded.whole(stream(List.of(good, good, "{\"ab\":x}"))))
        .hasMessageMatching("event 3 of the stream: broken JSON at byte [67]");
  }

  @Test
  void anEventOverOneMebibyteDecodes() throws BrokenStreamException {
    final String text = "0123456789".repeat(120_000);

    assertThat(
            recorded
                .whole(stream(List.of(eventWithText("\"" + text + "\""))))
                .content(ContentKind.TEXT))
        .isEqualTo(text);
  }

  @Test
  void hostileJsonEndsInAnOutcome() {
    final String deep = "{\"x\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}";
    final String number = "{\"x\":" + "9".repeat(100_000) + "}";
    final String names =
        new Random(1)
            .longs(150_000)
            .mapToObj(n -> "\"" + Long.toHexString(n) + "\":0")
            .collect(Collectors.joining(",", "{", "}"));

    assertThatThrownBy(() -> recorded.whole(stream(List.of(deep))))
        .isInstanceOf(BrokenStreamException.class);
    assertThatThrownBy(() -> recorded.whole(stream(List.of(number))))
        .isInstanceOf(BrokenStreamException.class);
    assertThatThrownBy(() -> recorded.whole(stream(List.of(names))))
        .isInstanceOfSatisfying(
            BrokenStreamException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.TOO_LARGE));
  }

  @Test
  void aStreamOfEverNewFieldNamesDecodesOn() throws BrokenStreamException {
    final Random random = new Random(2);
    final List<String> events = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      events.add(
          random
              .longs(2_000)
              .mapToObj(n -> "\"" + Long.toHexString(n) + "\":0")
              .collect(Collectors.joining(",", "{", "}")));
      events.add(eventWithText("\"a\""));
    }

    assertThat(recorded.whole(stream(events)).content(ContentKind.TEXT)).isEqualTo("a".repeat(60));
  }

  @Test
  void anyBytesEndInEventsOrInABrokenStream() {
    for (int seed = 0; seed < 2_000; seed++) {
      final Random random = new Random(seed);
      final List<String> names = recorded.names();
      final byte[] body = recorded.bytes(names.get(random.nextInt(names.size()))).clone();
      for (int i = 1 + random.nextInt(8); i > 0; i--) {
        body[random.nextInt(body.length)] =
            random.nextBoolean()
                ? (byte) random.nextInt()
                : (byte) "{}[]\",:0tn\\ ".charAt(random.nextInt(12));
      }
      assertThat(attempt(body, body.length))
          .as("seed %s", seed)
          .isEqualTo(attempt(body, 1 + random.nextInt(20)));
    }
  }

  private Object attempt(final byte[] body, final int piece) {
    try {
      return recorded.inPieces(body, piece).events();
    } catch (final BrokenStreamException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** A body of the given events, in the provider's framing. */
  protected byte[] stream(final List<String> events) {
    return events.stream()
        .map(event -> "data: " + event + "\n\n")
        .collect(Collectors.joining())
        .getBytes(UTF_8);
  }
}
