package dev.latencylens.harness.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.stream.BrokenStreamException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads events of the form {@code {"note":…,"text":…,"n":…}}, whose notes nobody wants. */
final class EventShapeTest {
  private final JsonEvents json = new JsonEvents();
  private final TextBuffer text = new TextBuffer();
  private boolean remembered;

  private boolean repeats(final String event) {
    final byte[] bytes = event.getBytes(UTF_8);
    return json.repeats(bytes, 0, bytes.length, text);
  }

  private void parse(final String event) throws BrokenStreamException {
    final byte[] bytes = event.getBytes(UTF_8);
    assertThat(json.begin(bytes, 0, bytes.length)).isTrue();
    while (json.nextField()) {
      if (json.name().equals("text")) {
        json.readText(text);
      } else {
        json.skip();
      }
    }
    json.end();
    remembered = json.remember(bytes, 0, bytes.length);
  }

  @BeforeEach
  void readOneEventInFull() throws BrokenStreamException {
    final String first = "{\"note\":\"ä\\n\",\"text\":\"one\",\"n\":1}";
    assertThat(repeats(first)).isFalse();
    parse(first);
  }

  @Test
  void takesTheTextOfAnEventThatDiffersInItsStringsOnly() {
    assertThat(repeats("{\"note\":\"\",\"text\":\"another\",\"n\":1}")).isTrue();
    assertThat(text).hasToString("another");
    assertThat(repeats("{\"note\":\"longer than it was\",\"text\":\" \",\"n\":1}")).isTrue();
    assertThat(text).hasToString(" ");
  }

  @Test
  void leavesToTheParserWhatOnlyItCanJudge() {
    assertThat(repeats("{\"note\":\"\",\"text\":\"\",\"n\":1}")).as("no text").isFalse();
    assertThat(repeats("{\"note\":\"\",\"text\":\"a\\n\",\"n\":1}")).as("escaped").isFalse();
    assertThat(repeats("{\"note\":\"\",\"text\":\"é\",\"n\":1}")).as("not ASCII").isFalse();
    assertThat(repeats("{\"note\":\"\\\\\",\"text\":\"a\",\"n\":1}")).as("note").isFalse();
    assertThat(repeats("{\"note\":\"\",\"text\":\"a\tb\",\"n\":1}")).as("control").isFalse();
    assertThat(repeats("{\"note\":\"\",\"text\":\"a\",\"n\":2}")).as("another number").isFalse();
    assertThat(repeats("{\"note\":\"\",\"text\":\"a\",\"n\":1} ")).as("longer").isFalse();
    assertThat(repeats("{\"note\":\"\",\"text\":\"a\",\"n\":1")).as("cut off").isFalse();
    assertThat(repeats("{\"note\":\"\",\"text\":\"a")).as("cut off within").isFalse();
    assertThat(repeats("{\"note\":null,\"text\":\"a\",\"n\":1}")).as("no string").isFalse();
    assertThat(repeats("{\"note\":\"")).as("cut off early").isFalse();
    assertThat(repeats("")).as("nothing").isFalse();
  }

  @Test
  void stopsLearningInAStreamWhoseEventsAllDiffer() throws BrokenStreamException {
    for (int n = 2; n < 10; n++) {
      final String event = "{\"note\":\"\",\"text\":\"a\",\"n\":" + n + "}";
      assertThat(repeats(event)).isFalse();
      parse(event);
    }
    assertThat(remembered).isFalse();
    assertThat(repeats("{\"note\":\"\",\"text\":\"a\",\"n\":9}")).isFalse();
  }

  @Test
  void goesOnWithTheParserAfterwards() throws BrokenStreamException {
    assertThat(repeats("{\"note\":\"\",\"text\":\"b\",\"n\":1}")).isTrue();
    final String other = "{\"text\":\"c\\u0064\",\"note\":\"\"}";
    assertThat(repeats(other)).isFalse();
    parse(other);
    assertThat(text).hasToString("cd");
    assertThat(repeats("{\"text\":\"e\",\"note\":\"f\"}")).isTrue();
    assertThat(text).hasToString("e");
  }
}
