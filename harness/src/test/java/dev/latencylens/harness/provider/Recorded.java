package dev.latencylens.harness.provider;

import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.framing.FrameSink;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.EventCollector;
import dev.latencylens.harness.stream.StreamEvent;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The recorded streams of a provider, and ways to feed them to its decoders. */
public final class Recorded {
  private static final int LIMIT = 64 << 20;

  private Recorded() {}

  public static List<String> names(final Provider provider) {
    try (Stream<Path> files =
        Files.list(
            Path.of(Objects.requireNonNull(Recorded.class.getResource(provider.id())).toURI()))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".sse"))
          .sorted()
          .toList();
    } catch (final IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static byte[] bytes(final Provider provider, final String name) {
    try (InputStream in = Recorded.class.getResourceAsStream(provider.id() + "/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (final IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static EventCollector whole(final Provider provider, final byte[] body)
      throws BrokenStreamException {
    return inPieces(provider, body, Math.max(1, body.length));
  }

  public static List<StreamEvent> events(final Provider provider, final String name)
      throws BrokenStreamException {
    return whole(provider, bytes(provider, name)).events();
  }

  public static EventCollector inPieces(final Provider provider, final byte[] body, final int piece)
      throws BrokenStreamException {
    final EventCollector events = new EventCollector();
    final FrameDecoder frames = provider.newFrameDecoder(LIMIT);
    final EventDecoder decoder = provider.newEventDecoder();
    final FrameSink sink = frame -> decoder.decode(frame, events);
    for (int i = 0; i < body.length; i += piece) {
      frames.decode(body, i, Math.min(piece, body.length - i), sink);
    }
    frames.end(sink);
    decoder.end(events);
    return events;
  }

  public static EventCollector splitAt(final Provider provider, final byte[] body, final int split)
      throws BrokenStreamException {
    final EventCollector events = new EventCollector();
    final FrameDecoder frames = provider.newFrameDecoder(LIMIT);
    final EventDecoder decoder = provider.newEventDecoder();
    final FrameSink sink = frame -> decoder.decode(frame, events);
    frames.decode(body, 0, split, sink);
    frames.decode(body, split, body.length - split, sink);
    frames.end(sink);
    decoder.end(events);
    return events;
  }
}
