package dev.latencylens.harness.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latencylens.fixtures.simulator.wire.Dialect;
import dev.latencylens.fixtures.simulator.wire.EventKind;
import dev.latencylens.fixtures.simulator.wire.Piece;
import dev.latencylens.fixtures.simulator.wire.StreamAsked;
import dev.latencylens.fixtures.simulator.wire.StreamEncoder;
import dev.latencylens.fixtures.simulator.wire.StreamIdentity;
import dev.latencylens.fixtures.simulator.wire.Totals;
import dev.latencylens.fixtures.simulator.wire.WireEvent;
import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.framing.FrameSink;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.EventCollector;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamEvent;
import dev.latencylens.harness.stream.Usage;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the simulator encodes, whatever it is and however it is cut, is what is decoded. */
final class SimulatedStreamsTest {
  private static final int SEEDS = 60;
  private static final int LIMIT = 1 << 20;
  private static final String[] TEXTS = {
    "a", " word", "é", "日本", "🌍", "\"", "\\", "\n", "{}", "data: x", "\u0000", "\u2028", "[DONE]",
    "</s>"
  };

  static Stream<String> dialects() {
    return Dialect.all().stream().map(Dialect::name);
  }

  private static Dialect dialect(final String name) {
    return Dialect.all().stream()
        .filter(dialect -> dialect.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** An answer as the simulator gives it: reasoning, text, arguments; each may be missing. */
  private static List<Piece> answer(final Dialect dialect, final Random random) {
    final List<Piece> pieces = new ArrayList<>();
    if (dialect.streamsReasoning()) {
      add(pieces, EventKind.REASONING, random.nextInt(4), random);
    }
    add(pieces, EventKind.TEXT, random.nextInt(6), random);
    final int parts = random.nextInt(3);
    for (int i = 0; i < parts; i++) {
      final String opening = i == 0 ? "{\"words\":\"" : "";
      final String closing = i == parts - 1 ? "\"}" : "";
      pieces.add(new Piece(EventKind.TOOL, 1, opening + "w" + i + closing));
    }
    return pieces;
  }

  private static void add(
      final List<Piece> pieces, final EventKind kind, final int count, final Random random) {
    for (int i = 0; i < count; i++) {
      final StringBuilder text = new StringBuilder();
      for (int words = 1 + random.nextInt(3); words > 0; words--) {
        text.append(TEXTS[random.nextInt(TEXTS.length)]);
      }
      pieces.add(new Piece(kind, 1 + random.nextInt(3), text.toString()));
    }
  }

  private static Totals totals(final List<Piece> pieces, final boolean cutShort) {
    return new Totals(
        12,
        tokens(pieces, EventKind.REASONING),
        tokens(pieces, EventKind.TEXT),
        tokens(pieces, EventKind.TOOL),
        cutShort);
  }

  private static int tokens(final List<Piece> pieces, final EventKind kind) {
    return pieces.stream().filter(piece -> piece.kind() == kind).mapToInt(Piece::tokens).sum();
  }

  private static StreamEncoder encoder(
      final Dialect dialect, final List<Piece> pieces, final Random random) {
    return dialect.encoder(
        new StreamIdentity(
            dialect.newResponseId(), dialect.newRequestId(), "m", 1_790_000_000, random.nextLong()),
        new StreamAsked("m", 12, OptionalInt.empty(), true, random.nextBoolean()),
        totals(pieces, random.nextInt(4) == 0));
  }

  private static byte[] bytes(final StreamEncoder encoder, final List<Piece> pieces) {
    final List<WireEvent> events = new ArrayList<>(encoder.opening());
    pieces.forEach(piece -> events.addAll(encoder.content(piece)));
    events.addAll(encoder.closing());
    return bytes(events);
  }

  private static byte[] bytes(final List<WireEvent> events) {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (final WireEvent event : events) {
      final byte[] bytes = new byte[event.bytes().limit()];
      event.bytes().get(0, bytes);
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }

  private static EventCollector decode(final StreamApi api, final byte[] body, final Random cuts)
      throws BrokenStreamException {
    final EventCollector events = new EventCollector();
    final FrameDecoder frames = api.newFrameDecoder(LIMIT);
    final EventDecoder decoder = api.newEventDecoder();
    final FrameSink sink = frame -> decoder.decode(frame, events);
    int at = 0;
    while (at < body.length) {
      final int length = Math.min(body.length - at, 1 + cuts.nextInt(cuts.nextInt(200) + 1));
      frames.decode(body, at, length, sink);
      at += length;
    }
    frames.end(sink);
    decoder.end(events);
    return events;
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void anyAnswerCutAnywhereDecodesToItself(final String name) throws Exception {
    final Dialect dialect = dialect(name);
    final StreamApi api = SimulatedApis.of(name);
    for (int seed = 0; seed < SEEDS; seed++) {
      final Random random = new Random(seed);
      final List<Piece> pieces = answer(dialect, random);
      final EventCollector decoded =
          decode(api, bytes(encoder(dialect, pieces, random), pieces), random);

      final String as = name + ", seed " + seed;
      assertThat(decoded.content(ContentKind.TEXT)).as(as).isEqualTo(text(pieces, EventKind.TEXT));
      assertThat(decoded.content(ContentKind.REASONING))
          .as(as)
          .isEqualTo(text(pieces, EventKind.REASONING));
      assertThat(kinds(decoded)).as(as).isEqualTo(pieces.stream().map(Piece::kind).toList());
      assertThat(decoded.events()).as(as).anyMatch(StreamEvent.Finished.class::isInstance);
      final Usage usage = lastUsage(decoded);
      assertThat(usage.inputTokens()).as(as).hasValue(12);
      assertThat(usage.outputTokens())
          .as(as)
          .hasValue(pieces.stream().mapToInt(Piece::tokens).sum());
    }
  }

  private static String text(final List<Piece> pieces, final EventKind kind) {
    final StringBuilder text = new StringBuilder();
    pieces.stream()
        .filter(piece -> piece.kind() == kind)
        .forEach(piece -> text.append(piece.text()));
    return text.toString();
  }

  private static List<EventKind> kinds(final EventCollector decoded) {
    return decoded.events().stream()
        .filter(StreamEvent.Content.class::isInstance)
        .map(StreamEvent.Content.class::cast)
        .map(
            content ->
                switch (content.kind()) {
                  case TEXT -> EventKind.TEXT;
                  case REASONING -> EventKind.REASONING;
                  case TOOL_ARGUMENTS -> EventKind.TOOL;
                })
        .toList();
  }

  private static Usage lastUsage(final EventCollector decoded) {
    return decoded.events().stream()
        .filter(StreamEvent.UsageReported.class::isInstance)
        .map(StreamEvent.UsageReported.class::cast)
        .reduce((first, second) -> second)
        .map(StreamEvent.UsageReported::usage)
        .orElse(Usage.UNKNOWN);
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void anErrorInTheStreamIsOneWithATypeAndWithoutItsText(final String name) throws Exception {
    final Dialect dialect = dialect(name);
    final Random random = new Random(1);
    final StreamEncoder encoder = encoder(dialect, List.of(), random);
    final List<WireEvent> events = new ArrayList<>(encoder.opening());
    events.addAll(encoder.content(new Piece(EventKind.TEXT, 1, "Once")));
    events.add(encoder.error());

    final EventCollector decoded = decode(SimulatedApis.of(name), bytes(events), random);

    assertThat(decoded.content(ContentKind.TEXT)).isEqualTo("Once");
    assertThat(decoded.events())
        .filteredOn(StreamEvent.Failed.class::isInstance)
        .singleElement()
        .satisfies(
            failed -> assertThat(((StreamEvent.Failed) failed).type()).matches("[A-Za-z0-9_.-]+"));
    assertThat(decoded.events().toString()).doesNotContain("Simulated failure");
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void aBrokenEventIsMalformedWithItsPlace(final String name) throws Exception {
    final Dialect dialect = dialect(name);
    final Random random = new Random(1);
    final StreamEncoder encoder = encoder(dialect, List.of(), random);
    final List<WireEvent> events = new ArrayList<>(encoder.opening());
    events.addAll(encoder.content(new Piece(EventKind.TEXT, 1, "Once")));
    events.add(encoder.malformed());
    final StreamApi api = SimulatedApis.of(name);

    assertThatThrownBy(() -> decode(api, bytes(events), random))
        .isInstanceOfSatisfying(
            BrokenStreamException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.MALFORMED))
        .hasMessageMatching(".*event \\d+ of the stream.* at byte \\d+.*");
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void anyBytesAtAllEndInEventsOrInABrokenStream(final String name) throws Exception {
    final StreamApi api = SimulatedApis.of(name);
    for (int seed = 0; seed < SEEDS * 5; seed++) {
      final Random random = new Random(seed);
      final byte[] body = new byte[random.nextInt(3_000)];
      random.nextBytes(body);
      if (seed % 2 == 0) {
        final byte[] soup = "data: {\"a\":[0,{\"b\":\"\\u00\n\r\n\nevent:,}]".getBytes(UTF_8);
        for (int i = 0; i < body.length; i++) {
          body[i] = soup[Math.floorMod(body[i], soup.length)];
        }
      }
      try {
        decode(api, body, random);
      } catch (final BrokenStreamException expected) {
        assertThat(expected.outcome()).isIn(Outcome.MALFORMED, Outcome.TOO_LARGE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void anEventWithoutEndIsRefusedAtTheLimit(final String name) throws Exception {
    final Dialect dialect = dialect(name);
    final List<Piece> pieces = List.of(new Piece(EventKind.TEXT, 1, "x".repeat(3 * LIMIT)));
    final byte[] body = bytes(encoder(dialect, pieces, new Random(1)), pieces);
    final StreamApi api = SimulatedApis.of(name);
    final FrameDecoder frames = api.newFrameDecoder(LIMIT);
    final EventDecoder decoder = api.newEventDecoder();

    assertThatThrownBy(
            () -> {
              for (int at = 0; at < body.length; at += 4096) {
                frames.decode(
                    body,
                    at,
                    Math.min(4096, body.length - at),
                    frame -> decoder.decode(frame, new EventCollector()));
              }
            })
        .isInstanceOfSatisfying(
            BrokenStreamException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.TOO_LARGE));
  }
}
