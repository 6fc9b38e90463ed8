package dev.latencylens.harness.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.framing.NdjsonDecoder;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.EventCollector;
import dev.latencylens.harness.stream.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Events that are read by comparing bytes mean what the parser says that they mean. */
final class RepeatedEventsTest {
  private static final int STREAMS = 3_000;
  private static final int EVENTS = 30;
  private static final int LIMIT = 1 << 20;

  private static final String[] SHAPES = {
    "{'id':'c1','choices':[{'index':0,'delta':{'content':%1$s},'finish_reason':null}],'usage':null}",
    "{'id':'c1','choices':[{'index':0,'delta':{'content':%1$s},'finish_reason':null}],'obfuscation':%2$s}",
    "{'id':%2$s,'choices':[{'delta':{'reasoning_content':%1$s,'reasoning':%1$s}}]}",
    "{'choices':[{'delta':{'reasoning_content':%2$s,'content':%1$s}}]}",
    "{'choices':[{'delta':{'role':%2$s,'content':%1$s},'finish_reason':%2$s}]}",
    "{'choices':[{'delta':{'tool_calls':[{'index':0,'id':%2$s,'function':{'name':%2$s,'arguments':%1$s}}]}}]}",
    "{'choices':[{'delta':{'content':%1$s}},{'delta':{'content':%2$s}}]}",
    "{'choices':[{'delta':{'content':%1$s}}],'usage':{'prompt_tokens':3,'completion_tokens':%3$d}}",
    "{'choices':[],'usage':{'prompt_tokens':3,'completion_tokens':%3$d}}",
    "{'content':%1$s,'choices':[{'delta':{'content':{'text':%2$s}}}]}",
    "{'error':{'type':%2$s}}",
  };

  private static final String[] TEXTS = {
    "''",
    "'a'",
    "' the'",
    "'stop'",
    "'a longer text, with a {brace} and [more]: 1'",
    "'\\n'",
    "'a\\'b'",
    "'\\\\'",
    "'\\u0041'",
    "'é'",
    "'日本'",
    "null",
    "1",
    "{'x':'y'}",
    "'" + "x".repeat(300) + "'",
  };

  private static final byte[] STRAY = "\"\\{}[],:a\t\u0001\u007f ".getBytes(UTF_8);

  private final OpenAiProvider provider = new OpenAiProvider();

  /** A shape stays for a few events, as in real streams, and then another one comes. */
  private static List<byte[]> stream(final Random random) {
    final List<byte[]> events = new ArrayList<>();
    String shape = SHAPES[random.nextInt(SHAPES.length)];
    while (events.size() < EVENTS) {
      if (random.nextInt(5) == 0) {
        shape = SHAPES[random.nextInt(SHAPES.length)];
      }
      final byte[] event =
          String.format(shape, text(random), text(random), random.nextInt(100))
              .replace('\'', '"')
              .getBytes(UTF_8);
      if (random.nextInt(60) == 0) {
        event[random.nextInt(event.length)] =
            random.nextBoolean()
                ? STRAY[random.nextInt(STRAY.length)]
                : (byte) (0x80 + random.nextInt(0x80));
      }
      events.add(event);
    }
    return events;
  }

  private static String text(final Random random) {
    return TEXTS[random.nextInt(random.nextInt(3) == 0 ? TEXTS.length : 5)];
  }

  /**
   * A decoder after six events: of ever new shapes, so that it no longer looks for one, or of none.
   */
  private EventDecoder decoder(final boolean givesUp) throws Exception {
    final EventDecoder decoder = provider.api(TargetOptions.NONE).newEventDecoder();
    for (int i = 0; i < 6; i++) {
      final String event =
          givesUp ? "{\"x" + i + "\":0,\"choices\":[{\"delta\":{\"content\":\"x\"}}]}" : "{}";
      decode(decoder, event.getBytes(UTF_8));
    }
    return decoder;
  }

  private static List<StreamEvent> decode(final EventDecoder decoder, final byte[] event)
      throws BrokenStreamException {
    final EventCollector collector = new EventCollector();
    final byte[] line = new byte[event.length + 1];
    System.arraycopy(event, 0, line, 0, event.length);
    line[event.length] = '\n';
    new NdjsonDecoder(LIMIT)
        .decode(line, 0, line.length, frame -> decoder.decode(frame, collector));
    return collector.events();
  }

  private static String outcome(final EventDecoder decoder, final byte[] event) {
    try {
      return decode(decoder, event).toString();
    } catch (final BrokenStreamException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void meanTheSameWhetherTheyAreComparedOrParsed() throws Exception {
    for (int seed = 0; seed < STREAMS; seed++) {
      final EventDecoder comparing = decoder(false);
      final EventDecoder parsing = decoder(true);
      for (final byte[] event : stream(new Random(seed))) {
        final String parsed = outcome(parsing, event);
        assertThat(outcome(comparing, event))
            .as("seed %d, event %s", seed, new String(event, UTF_8))
            .isEqualTo(parsed);
        if (parsed.startsWith("event ")) {
          break;
        }
      }
    }
  }
}
